package io.dockrelay.docker.stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ResponseHeadTest {

    @Test
    void headIsParsedWhereverItIsCut() {
        byte[] wire = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\ntransfer-encoding:chunked\r\n\r\n5\r\nab"
                .getBytes(ISO_8859_1);
        var reader = new ResponseHead.Reader();
        ResponseHead head = null;
        int read = 0;
        while (head == null) {
            head = reader.feed(new byte[] {wire[read++]});
        }
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.contentType()).isEqualTo("application/json");
        assertThat(reader.rest()).isEmpty();

        var atOnce = new ResponseHead.Reader();
        assertThat(atOnce.feed(wire).body().ended()).isFalse();
        assertThat(atOnce.rest()).asString(ISO_8859_1).isEqualTo("5\r\nab");
    }

    @Test
    void headersAreFoundWithoutRegardToCaseAndWithAllTheirValues() {
        ResponseHead head = head("HTTP/1.1 200 OK\r\nSet-Cookie: a\r\nset-cookie: b\r\nnonsense\r\n\r\n");

        assertThat(head.headers().get("SET-COOKIE")).containsExactly("a", "b");
        assertThat(head.contentType()).isNull();
    }

    @Test
    void interimResponsesAreSkippedWhereverTheyAreCut() {
        byte[] wire = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 204 No\r\n\r\n"
                .getBytes(ISO_8859_1);
        assertThat(new ResponseHead.Reader().feed(wire).status()).isEqualTo(204);

        var reader = new ResponseHead.Reader();
        ResponseHead head = null;
        for (byte value : wire) {
            head = reader.feed(new byte[] {value});
        }
        assertThat(head.status()).isEqualTo(204);
    }

    @Test
    void switchedConnectionCarriesBytesWithoutFraming() {
        ResponseHead head = head("HTTP/1.1 101 UPGRADED\r\nUpgrade: tcp\r\n\r\n");

        assertThat(head.status()).isEqualTo(101);
        assertThat(head.body().endsWithConnection()).isTrue();
    }

    @Test
    void bodyWithoutALengthLastsUntilTheConnectionCloses() {
        assertThat(head("HTTP/1.0 200 OK\r\n\r\n").body().endsWithConnection()).isTrue();
        assertThat(head("HTTP/1.1 404 Not Found\r\nContent-Length: 12\r\n\r\n")
                        .body()
                        .endsWithConnection())
                .isFalse();
        assertThat(head("HTTP/1.1 204 No Content\r\n\r\n").body().ended()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2\r\n\r\n",
                "HTTP/1.1 2000 x\r\n\r\n",
                "HTTP/1.1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n"
            })
    void responseThatIsNotHttpIsRejected(String wire) {
        assertThatExceptionOfType(MalformedResponseException.class)
                .isThrownBy(() -> head(wire))
                .withMessageContaining("not HTTP");
    }

    @Test
    void headThatIsTooLongIsRejected() {
        var reader = new ResponseHead.Reader();
        assertThatExceptionOfType(MalformedResponseException.class).isThrownBy(() -> {
            for (int i = 0; i < 100; i++) {
                assertThat(reader.feed(new byte[1024])).isNull();
            }
        });
    }

    private static ResponseHead head(String wire) {
        return new ResponseHead.Reader().feed(wire.getBytes(ISO_8859_1));
    }
}
