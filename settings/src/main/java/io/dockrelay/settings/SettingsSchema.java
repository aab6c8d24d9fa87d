package io.dockrelay.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/**
 * The keys of one conf file, in its order.
 *
 * @param role the file's name without {@code .json}
 */
public record SettingsSchema(String role, List<Key<?>> keys) {

    public SettingsSchema {
        keys = List.copyOf(keys);
    }

    /** The file's name in {@code conf/}. */
    public String file() {
        return role + ".json";
    }

    /** Every key with its default: the conf file in this jar. */
    public JsonObject defaults() {
        try (InputStream packed = SettingsSchema.class.getResourceAsStream("/conf/" + file())) {
            Objects.requireNonNull(packed, file());
            return new JsonObject(Buffer.buffer(packed.readAllBytes()));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
