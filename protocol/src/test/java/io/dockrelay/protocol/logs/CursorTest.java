package io.dockrelay.protocol.logs;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.dockrelay.protocol.Golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CursorTest {

    private static final Cursor CURSOR =
            new Cursor("0123456789ab", Instant.parse("2025-11-25T22:52:28.831660821Z"), 'o', 42, 0);

    @Test
    void encodedCursorDecodesToTheSamePosition() {
        var last = new Cursor("fedcba987654", Instant.parse("2262-04-11T23:47:16.999999999Z"), 'e', -1, 7);

        assertThat(Cursor.decode(CURSOR.encode())).isEqualTo(CURSOR);
        assertThat(Cursor.decode(last.encode())).isEqualTo(last);
    }

    @Test
    void encodedCursorIsSafeInAUrl() {
        assertThat(CURSOR.encode()).matches("[A-Za-z0-9_-]{43}");
    }

    @Test
    void examplesHaveAValidCursor() {
        assertThat(Cursor.decode(Golden.tree("new_logs").get("cursor").textValue())
                        .containerId())
                .isEqualTo("0123456789ab");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "!!!", "AAAA", "AgEjRWeJqwAAAABpJjIcMZIjFW8AAAAAAAAAKgAAAAA"})
    void anythingElseIsRefusedWithAMessage(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cursor.decode(text))
                .withMessageStartingWith("not a cursor");
    }
}
