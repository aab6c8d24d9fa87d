package io.dockrelay.docker.testing;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Implements {@link OnRealEngine}: keeps the engine in JUnit's root store, which closes it after the last test class.
 */
final class SharedEngine implements ParameterResolver, AfterAllCallback {

    private static final Namespace NAMESPACE = Namespace.create(SharedEngine.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestEngine.class;
    }

    @Override
    public TestEngine resolveParameter(ParameterContext parameter, ExtensionContext context) {
        TestEngine engine = context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(TestEngine.class, type -> TestEngine.create(), TestEngine.class);
        // A test may have left it stopped.
        engine.start();
        return engine;
    }

    @Override
    public void afterAll(ExtensionContext context) {
        TestEngine engine = context.getRoot().getStore(NAMESPACE).get(TestEngine.class, TestEngine.class);
        if (engine != null) {
            engine.start();
            engine.removeContainers();
        }
    }
}
