/**
 * The contract between verticles: the messages of the event bus, their addresses, and {@link
 * io.dockrelay.protocol.bus.Bus}, the only class that touches the event bus. In and out: records.
 *
 * <p>A new address is a constant in {@code Addresses}. {@link io.dockrelay.protocol.bus.ContainerListReplica} keeps a
 * controller's list, {@code BusAccess} decides which calls are answered, {@code ContainerLookup} finds the container that a request means. Refusals and their HTTP
 * status: {@code RefusalKind}.
 *
 * <p>Used by every verticle.
 */
package io.dockrelay.protocol.bus;
