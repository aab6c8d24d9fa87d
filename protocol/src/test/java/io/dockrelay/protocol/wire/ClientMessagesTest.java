package io.dockrelay.protocol.wire;

import java.util.function.Predicate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.dockrelay.protocol.logs.Cursor;
import io.dockrelay.protocol.wire.ClientMessage.SubscribeLogs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ClientMessagesTest {

    private static final String CURSOR = "AQEjRWeJqwAAAABpJjIcMZIjFW8AAAAAAAAAKgAAAAA";
    private static final String V1_POSITION = "v1~2025-11-25T22:52:30.123456789Z";

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "[]", "1", "null", "{", "{}{}", "{\"type\":1}", "{\"a\":1,\"a\":2}"})
    void textThatIsNotAMessageIsMalformed(String frame) {
        assertThat(refusal(frame).code()).isEqualTo(ErrorCode.MALFORMED);
    }

    @Test
    void deepNestingIsMalformed() {
        assertThat(refusal("{\"type\":" + "[".repeat(60_000)).code()).isEqualTo(ErrorCode.MALFORMED);
    }

    @Test
    void unknownTypeIsNamedInTheAnswer() {
        ServerMessage.Failure failure = refusal("{\"type\":\"format_disk\"}");

        assertThat(failure.code()).isEqualTo(ErrorCode.UNSUPPORTED_TYPE);
        assertThat(failure.request()).isEqualTo("format_disk");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-5", "1.5", "\"9\"", "null", "2147483648"})
    void creditThatIsNotANumberOfBytesIsRefused(String bytes) {
        ServerMessage.Failure failure =
                refusal("{\"type\":\"log_credit\",\"container\":\"web\",\"sub\":\"a\",\"bytes\":" + bytes + "}");

        assertThat(failure.code()).isEqualTo(ErrorCode.BAD_REQUEST);
        assertThat(failure.message()).contains("bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"100\"", "1.5", "-1", "true", "{}", "1e2", "[1]"})
    void linesThatAreNotAWholeNumberAreRefused(String lines) {
        ServerMessage.Failure failure =
                refusal("{\"type\":\"subscribe_logs\",\"container\":\"web\",\"lines\":" + lines + "}");

        assertThat(failure.code()).isEqualTo(ErrorCode.BAD_REQUEST);
        assertThat(failure.container()).isEqualTo("web");
        assertThat(failure.request()).isEqualTo("subscribe_logs");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "!!!",
                "",
                "nonsense",
                "AQEjRWeJqwAAAABpJjIcMZIjFW8AAAAAAAAAKgAAAAA=",
                "v1~",
                "v1~2025-11-25T22:52:30Z",
                "v1~2025-11-25T24:61:30.123456789Z"
            })
    void positionThatNoMessageGaveIsRefused(String after) {
        ServerMessage.Failure failure = refusal(subscribe(after), Cursor::isPosition);

        assertThat(failure.code()).isEqualTo(ErrorCode.BAD_REQUEST);
        assertThat(failure.container()).isEqualTo("web");
        assertThat(failure.request()).isEqualTo("subscribe_logs");
        assertThat(failure.sub()).isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(strings = {CURSOR, V1_POSITION})
    void positionOfAMessageIsTaken(String after) throws InvalidMessage {
        ClientMessage message = ClientMessages.read(subscribe(after), Cursor::isPosition);

        assertThat(((SubscribeLogs) message).after()).isEqualTo(after);
    }

    @Test
    void controllerTakesOnlyCursors() throws InvalidMessage {
        assertThat(((SubscribeLogs) ClientMessages.read(subscribe(CURSOR))).after())
                .isEqualTo(CURSOR);
        assertThat(refusal(subscribe(V1_POSITION)).code()).isEqualTo(ErrorCode.BAD_REQUEST);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "7,7", "99999999999999999999,2147483647", "null,100"})
    void linesAreTakenAsGiven(String lines, int expected) throws InvalidMessage {
        ClientMessage message =
                ClientMessages.read("{\"type\":\"subscribe_logs\",\"container\":\"web\",\"lines\":" + lines + "}");

        assertThat(((SubscribeLogs) message).lines()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'containers':['web','edge-1/*'],'interval_ms':5000 | 5000 | 2",
                "'containers':['*'] | 2000 | 1",
                "'containers':['*'],'interval_ms':0 | 1000 | 1",
                "'containers':['*'],'interval_ms':-99999999999999999999 | 1000 | 1",
                "'containers':['*'],'interval_ms':99999999999999999999 | 60000 | 1",
                "'containers':[] | 2000 | 0",
                "'containers':null | 2000 | 0",
                "'interval_ms':null | 2000 | 0"
            })
    void statsRequestIsReadWithinItsBounds(String fields, int interval, int containers) throws InvalidMessage {
        var message = (ClientMessage.SubscribeStats)
                ClientMessages.read("{\"type\":\"subscribe_stats\"," + fields.replace('\'', '"') + "}");

        assertThat(message.intervalMs()).isEqualTo(interval);
        assertThat(message.containers()).hasSize(containers);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"containers\":\"*\"",
                "\"containers\":{\"a\":\"*\"}",
                "\"containers\":[1]",
                "\"containers\":[null]",
                "\"containers\":[\"*\"],\"interval_ms\":1.5",
                "\"containers\":[\"*\"],\"interval_ms\":\"1000\""
            })
    void wrongStatsRequestIsRefused(String fields) {
        ServerMessage.Failure failure = refusal("{\"type\":\"subscribe_stats\"," + fields + "}");

        assertThat(failure.code()).isEqualTo(ErrorCode.BAD_REQUEST);
        assertThat(failure.request()).isEqualTo("subscribe_stats");
    }

    @Test
    void tooManyContainersAreRefused() throws InvalidMessage {
        String names = "\"web\",".repeat(512);
        var most = (ClientMessage.SubscribeStats) ClientMessages.read(
                "{\"type\":\"subscribe_stats\",\"containers\":[" + names.substring(0, names.length() - 1) + "]}");

        assertThat(most.containers()).hasSize(512);
        assertThat(refusal("{\"type\":\"subscribe_stats\",\"containers\":[" + names + "\"web\"]}")
                        .code())
                .isEqualTo(ErrorCode.BAD_REQUEST);
    }

    @Test
    void withoutLinesTheDefaultApplies() throws InvalidMessage {
        ClientMessage message = ClientMessages.read("{\"type\":\"subscribe_logs\",\"container\":\"web\"}");

        assertThat(message).isEqualTo(new SubscribeLogs("web", 100, null, null, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"subscribe_logs\"}",
                "{\"type\":\"subscribe_logs\",\"container\":\"\"}",
                "{\"type\":\"subscribe_logs\",\"container\":5}",
                "{\"type\":\"subscribe_logs\",\"container\":\"web\",\"wait\":\"yes\"}",
                "{\"type\":\"subscribe_logs\",\"container\":\"web\",\"sub\":[]}",
                "{\"type\":\"unsubscribe_logs\",\"container\":null}",
                "{\"type\":\"hello\",\"features\":\"deltas\"}",
                "{\"type\":\"ping\",\"id\":{}}"
            })
    void wrongFieldsAreABadRequest(String frame) {
        assertThat(refusal(frame).code()).isEqualTo(ErrorCode.BAD_REQUEST);
    }

    private static String subscribe(String after) {
        return "{\"type\":\"subscribe_logs\",\"container\":\"web\",\"sub\":\"x\",\"after\":\"" + after + "\"}";
    }

    private static ServerMessage.Failure refusal(String frame) {
        return refusal(frame, Cursor::isCursor);
    }

    private static ServerMessage.Failure refusal(String frame, Predicate<String> isPosition) {
        return catchThrowableOfType(InvalidMessage.class, () -> {
                    ClientMessage unexpected = ClientMessages.read(frame, isPosition);
                    throw new AssertionError("accepted as " + unexpected);
                })
                .answer();
    }
}
