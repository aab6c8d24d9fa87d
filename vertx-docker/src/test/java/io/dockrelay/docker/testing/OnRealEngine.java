package io.dockrelay.docker.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * For a test class whose constructor or methods have a {@link TestEngine} parameter: injects the engine that all such
 * classes of a test run share. The engine starts with the first class and stops at the end of the run; after each class
 * its containers are removed. Classes that use it must not run at the same time.
 *
 * <p>{@code ./test --fast} leaves out the tag: such a class needs root and a dockerd.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("engine")
@ExtendWith(SharedEngine.class)
public @interface OnRealEngine {}
