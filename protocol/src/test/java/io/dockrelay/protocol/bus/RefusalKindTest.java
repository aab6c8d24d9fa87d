package io.dockrelay.protocol.bus;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.dockrelay.protocol.wire.ErrorBody;
import io.dockrelay.protocol.wire.WireJson;

import static org.assertj.core.api.Assertions.assertThat;

class RefusalKindTest {

    @ParameterizedTest
    @EnumSource
    void everyKindIsTheSameAfterAnErrorAnswer(RefusalKind kind) {
        ErrorBody received = WireJson.read(WireJson.write(kind.body("it is so")), ErrorBody.class);

        assertThat(RefusalKind.ofAnswer(kind.httpStatus(), received.kind())).isEqualTo(kind);
        assertThat(received.error()).isEqualTo("it is so");
    }

    @Test
    void kindThatItsStatusSaysIsNotInTheBody() {
        assertThat(new String(WireJson.write(RefusalKind.TIMED_OUT.body("late")), StandardCharsets.UTF_8))
                .isEqualTo("{\"error\":\"late\"}");
        assertThat(new String(WireJson.write(RefusalKind.BUSY.body("full")), StandardCharsets.UTF_8))
                .isEqualTo("{\"error\":\"full\",\"kind\":\"busy\"}");
    }
}
