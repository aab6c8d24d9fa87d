/**
 * Starts the program like a user, and connects to it like its clients, through proxies that can disturb the
 * connections. Uses none of the program's classes.
 *
 * <p>For all tests of this module, the bench and the oracle.
 */
package io.dockrelay.e2e.harness;
