/**
 * A real Docker engine for tests, in this module's test jar so that the other modules' tests use the same one.
 */
package io.dockrelay.docker.testing;
