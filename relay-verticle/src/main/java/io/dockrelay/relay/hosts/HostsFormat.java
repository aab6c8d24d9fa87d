package io.dockrelay.relay.hosts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** The form of a hosts file: JSON. A field with a mistake in its name is an error. Pure. */
final class HostsFormat {

    /** In one relay. */
    static final int MOST_HOSTS = 1_000;

    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    /** The whole file. */
    private record Content(List<HostEntry> hosts) {}

    private HostsFormat() {}

    /** @throws IllegalArgumentException with a sentence */
    static List<HostEntry> read(byte[] json) {
        List<HostEntry> hosts;
        try {
            hosts = STRICT.readValue(json, Content.class).hosts();
        } catch (UnrecognizedPropertyException unknown) {
            throw new IllegalArgumentException(
                    "it has an unknown field \"" + unknown.getPropertyName()
                            + "\"; a host has name, url, restUrl, tokenFile, ca, cert and key",
                    unknown);
        } catch (JsonMappingException mistake) {
            throw new IllegalArgumentException(mistakeOf(mistake), mistake);
        } catch (JsonProcessingException broken) {
            int line = broken.getLocation() == null ? 1 : broken.getLocation().getLineNr();
            throw new IllegalArgumentException("it is not JSON: see line " + line, broken);
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        if (hosts == null || hosts.contains(null)) {
            throw new IllegalArgumentException(FORM);
        }
        if (hosts.size() > MOST_HOSTS) {
            throw new IllegalArgumentException("it must not have more than " + MOST_HOSTS + " hosts");
        }
        return hosts;
    }

    private static final String FORM =
            "it must be JSON such as {\"hosts\":[{\"name\":\"berlin\",\"url\":\"wss://berlin:8090\"}]}";

    static byte[] write(List<HostEntry> hosts) {
        try {
            return STRICT.writeValueAsBytes(new Content(hosts));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What an entry says of itself is a sentence. */
    private static String mistakeOf(JsonMappingException mistake) {
        Throwable cause = mistake.getCause();
        return cause instanceof IllegalArgumentException && !(cause instanceof JsonMappingException)
                ? cause.getMessage()
                : FORM;
    }
}
