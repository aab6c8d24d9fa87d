package io.dockrelay.relay.hosts;

import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.dockrelay.protocol.wire.LinkState;

/**
 * A host that the relay connects to, as it is answered: nothing of it is a secret. Immutable.
 *
 * @param url of its WebSocket; null for one that connects by itself
 * @param controller the id that answers there, or has answered there last; null until one has
 * @param lastContact null until something has come from there
 * @param problem why there is no connection, as a sentence; null while there is one, or when it is not known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HostState(
        String name,
        HostSource source,
        String url,
        String controller,
        LinkState state,
        Instant lastContact,
        Map<String, String> labels,
        String problem) {}
