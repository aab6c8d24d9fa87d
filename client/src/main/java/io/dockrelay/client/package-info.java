/**
 * Dockrelay for a verticle of one's own: containers, logs, load and actions over the event bus, in the same JVM as a controller
 * or on the same cluster. {@link io.dockrelay.client.Dockrelay} is the entry; docs/event-bus.md describes the interface below
 * it. In: the addresses of the protocol. Out: {@link io.dockrelay.client.Feed feeds}, which are streams of Vert.x.
 *
 * <p>Used by programs outside this project, and by the examples.
 */
package io.dockrelay.client;
