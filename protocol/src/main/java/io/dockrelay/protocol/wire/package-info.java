/**
 * The wire protocol: the WebSocket messages and the REST queries and pages of the two links (client to controller or
 * relay, relay to controller), and their JSON. In: records. Out: bytes, and back. {@code golden/*.json} holds one
 * example of each message; Java and TypeScript are tested against the same files.
 *
 * <p>A new message of a client is a record in {@code ClientMessage}, read by {@code ClientMessages}; one of a server is
 * a record in {@code ServerMessage}. The controller's {@code ClientSession} and the relay's {@code BrowserSession} and
 * {@code Uplink} handle them. Log messages are apart: {@link io.dockrelay.protocol.wire.TailFrames} makes all frames of
 * a log subscription, and {@code LogFrames} writes and reads their lines; {@code BinaryFrames} does so for an uplink. Codes of errors: {@code ErrorCode}.
 *
 * <p>Used by the controller's server, the relay and its uplinks. Pure: no I/O, no clock.
 */
package io.dockrelay.protocol.wire;
