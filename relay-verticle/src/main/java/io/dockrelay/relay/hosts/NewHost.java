package io.dockrelay.relay.hosts;

import java.io.IOException;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * A host that a client of the REST interface adds. Immutable.
 *
 * @param name null: its host and port
 * @param restUrl null: the same host at the standard port
 */
public record NewHost(String name, String url, String restUrl) {

    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** @throws IllegalArgumentException with a sentence */
    public static NewHost read(byte[] json) {
        NewHost read;
        try {
            read = STRICT.readValue(json, NewHost.class);
        } catch (IOException other) {
            read = null;
        }
        if (read == null) {
            throw new IllegalArgumentException(
                    "The body must be JSON such as {\"name\":\"berlin\",\"url\":\"wss://berlin:8090\"}.");
        }
        return read;
    }

    /** @throws IllegalArgumentException with a sentence */
    HostEntry entry() {
        return HostEntry.of(name == null || name.isBlank() ? null : name.strip(), url, restUrl);
    }
}
