package io.dockrelay.docker.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * On a test class whose constructor or methods take a {@link TestEngine}: they get the one engine that all such classes
 * of the test run share. It starts with the first and is stopped at the end of the run; after each class its containers
 * are removed. Classes that use it must not run at the same time.
 *
 * <p>The tag is what {@code ./test --fast} leaves out: such a class needs root and a dockerd.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("engine")
@ExtendWith(SharedEngine.class)
public @interface OnRealEngine {}
