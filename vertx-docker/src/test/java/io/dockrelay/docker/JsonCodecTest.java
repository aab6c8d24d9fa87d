package io.dockrelay.docker;

import io.vertx.core.json.Json;
import io.vertx.core.spi.JsonFactory;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Vert.x takes whichever Jackson it finds; docker-java's models are Jackson 2's, and so must Vert.x's codec be. */
class JsonCodecTest {

    @Test
    void vertxUsesJackson2WithDatabind() {
        assertThat(Json.CODEC.getClass().getName()).isEqualTo("io.vertx.core.json.jackson.DatabindCodec");
        assertThat(JsonFactory.load().codec()).isNotNull();
        assertThat(Thread.currentThread().getContextClassLoader().getResource("tools/jackson/core/JsonParser.class"))
                .as("Jackson 3")
                .isNull();
    }
}
