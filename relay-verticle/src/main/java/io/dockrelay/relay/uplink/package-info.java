/**
 * The connection to controllers that are not on the bus: a WebSocket and REST requests, which serve the bus addresses
 * of the remote controller. In: questions and tails on the bus. Out: answers, state and batches of the remote
 * controller, as if it were local.
 *
 * <p>{@code Uplink} owns one connection; {@code Dialer} reconnects with backoff. Messages are those of {@code
 * protocol.wire}: {@code Uplink} dispatches what arrives, {@code Connection} sends. State becomes bus messages in
 * {@code RemoteInventory} and {@code StatePublisher}, logs in {@code RemoteTails} and {@code RemoteTail}; REST is
 * behind {@code RemoteControl}, {@code RemoteDetails}, {@code RemoteLogs} and {@code RemoteDownloads}. What a
 * controller of an older version lacks: {@code WireVersion}. Limits: {@code UplinkLimits}.
 *
 * <p>Used by the relay's verticle only.
 */
package io.dockrelay.relay.uplink;
