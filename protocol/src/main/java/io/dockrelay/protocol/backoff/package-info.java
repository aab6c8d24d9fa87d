/**
 * The delays between attempts to reconnect. In: the number of attempts and a random number. Out: a duration. {@code
 * Backoff} computes it; the page has the same in {@code web/src/connection/backoff.ts}. The file {@code backoff.json}
 * holds the expected delays for the tests of Java and TypeScript.
 *
 * <p>Used by {@code protocol.timers.RetryTimer}; other code uses that.
 */
package io.dockrelay.protocol.backoff;
