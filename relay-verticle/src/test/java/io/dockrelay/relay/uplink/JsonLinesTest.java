package io.dockrelay.relay.uplink;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JsonLinesTest {

    private static final String STAMP = "2025-11-25T22:52:30.123456789Z";
    private static final String LOG =
            "{\"timestamp\":\"" + STAMP + "\",\"stream\":\"stdout\",\"text\":\"a \\\"b\\\" ü\"}\n" + "{\"timestamp\":\""
                    + STAMP + "\",\"stream\":\"stderr\",\"text\":\"\"}\n";

    @Test
    void linesAreTheSameWhereverTheBytesAreSplit() {
        byte[] whole = (LOG + "{\"complete\":true,\"lines\":2}\n").getBytes(UTF_8);
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            var lines = new JsonLines();
            List<String> taken = new ArrayList<>();
            var streams = new StringBuilder();
            for (int at = 0; at < whole.length; ) {
                int to = Math.min(whole.length, at + 1 + random.nextInt(40));
                lines.feed(Buffer.buffer(Arrays.copyOfRange(whole, at, to)));
                var block = lines.take();
                taken.addAll(block.lines());
                streams.append(new String(block.streams(), UTF_8));
                at = to;
            }
            assertThat(taken).as("seed %d", seed).containsExactly(STAMP + " a \"b\" ü", STAMP + " ");
            assertThat(streams.toString()).isEqualTo("oe");
            assertThat(lines.ended()).isTrue();
            assertThat(lines.failure()).isNull();
        }
    }

    @Test
    void missingOrIncompleteEndIsAFailure() {
        var broken = new JsonLines();
        broken.feed(Buffer.buffer(LOG));
        assertThat(broken.ended()).isFalse();
        assertThat(broken.failure()).isNotBlank();

        var incomplete = new JsonLines();
        incomplete.feed(Buffer.buffer(LOG + "{\"complete\":false,\"lines\":2,\"error\":\"it broke\"}\n"));
        assertThat(incomplete.failure()).isEqualTo("it broke");
    }

    @Test
    void bytesThatAreNotALogAreRefused() {
        for (String wrong : List.of("<html>\n", "{}\n", "[]\n", "{\"timestamp\":\"x\",\"text\":\"y\"}\n")) {
            assertThatThrownBy(() -> new JsonLines().feed(Buffer.buffer(wrong)))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
