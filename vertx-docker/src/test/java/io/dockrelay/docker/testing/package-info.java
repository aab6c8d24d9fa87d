/**
 * A real Docker engine for tests: {@link io.dockrelay.docker.testing.OnRealEngine} injects a
 * {@link io.dockrelay.docker.testing.TestEngine}. In this module's test jar, for the tests of all modules.
 */
package io.dockrelay.docker.testing;
