package io.dockrelay.docker;

import io.vertx.core.json.Json;
import io.vertx.core.spi.JsonFactory;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Vert.x uses any Jackson on the class path. docker-java's models need Jackson 2, so Vert.x's codec must use it too.
 */
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
