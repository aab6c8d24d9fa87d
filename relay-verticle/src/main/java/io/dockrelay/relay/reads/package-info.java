/**
 * The relay's door to the stored logs of its controllers: every read of pages takes its turn here, whether it is for the
 * backlog of a subscriber or for a client of REST. In: a read, its container and its reader. Out: its result.
 *
 * <p>Used by {@code channel} and {@code http}; made by the relay's verticle.
 */
package io.dockrelay.relay.reads;
