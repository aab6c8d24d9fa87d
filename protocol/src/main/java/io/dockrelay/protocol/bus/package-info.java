/**
 * The contract between verticles: the messages of the event bus, their addresses, and {@link io.dockrelay.protocol.bus.Bus}, the
 * only class that touches the event bus. {@link io.dockrelay.protocol.bus.ContainerListReplica} keeps a controller's list. In
 * and out: records.
 *
 * <p>Used by every verticle.
 */
package io.dockrelay.protocol.bus;
