/** The WebSocket messages of the two links, and their JSON. {@code golden/*.json} holds one example of each. */
package io.dockrelay.protocol.wire;
