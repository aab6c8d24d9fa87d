package io.dockrelay.controller.access;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.dockrelay.docker.DockerEngineException;
import io.dockrelay.docker.DockerEngineException.Kind;

import static org.assertj.core.api.Assertions.assertThat;

class EngineAccessTest {

    private static final ProbeAnswer REFUSED = new ProbeAnswer.Refused("403 by rule");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "403 | BAD_REQUEST  | not here                          | Refused",
                "401 | BAD_REQUEST  | not here                          | Refused",
                "405 | BAD_REQUEST  | not here                          | Refused",
                "404 | NOT_FOUND    | page not found                    | Refused",
                "404 | NOT_FOUND    | No such container: 0123           | Works",
                "404 | NOT_FOUND    | no container with ID \"0\" found: no such container | Works",
                "500 | SERVER_ERROR | No such container: 0123           | Works",
                "503 | SERVER_ERROR | the proxy cannot connect          | Unclear",
                "400 | BAD_REQUEST  | client version 1.44 is too new    | Unclear",
                "0   | UNREACHABLE  | no such container socket          | Unclear",
                "0   | TIMEOUT      | No answer in time                 | Unclear"
            })
    void answerSaysWhetherTheRequestIsAllowed(int status, Kind kind, String message, String meaning) {
        ProbeAnswer answer = ProbeAnswer.of(new DockerEngineException(kind, status, message, null));

        assertThat(answer.getClass().getSimpleName()).isEqualTo(meaning);
    }

    @Test
    void wholeProfileIsNamedAndTheRestHasItsReason() {
        EngineAccess access =
                refusing(EngineUse.LOGS, EngineUse.START, EngineUse.STOP, EngineUse.RESTART, EngineUse.KILL);

        assertThat(access.text())
                .isEqualTo("allows the profile watch; list, inspect, events, info, stats can be used;"
                        + " logs, start, stop, restart, kill refused: 403 by rule");
        assertThat(access.isExactlyAProfile()).isTrue();
        assertThat(refusing().text())
                .isEqualTo("allows the profile control; list, inspect, events, info, stats, logs, start, stop, restart,"
                        + " kill can be used");
        assertThat(refusing().isExactlyAProfile()).isTrue();
    }

    @Test
    void incompleteProfileIsToldFromAWholeOne() {
        EngineAccess withoutEvents = refusing(EngineUse.EVENTS);
        assertThat(withoutEvents.text())
                .startsWith("allows no whole profile (watch, logs, control); list, inspect, info,");
        assertThat(withoutEvents.isExactlyAProfile()).isFalse();

        EngineAccess withoutKill = refusing(EngineUse.KILL);
        assertThat(withoutKill.profile()).contains(EngineProfile.LOGS);
        assertThat(withoutKill.isExactlyAProfile()).isFalse();
    }

    @Test
    void engineThatIsAwayHasNotAnswered() {
        Map<EngineUse, ProbeAnswer> answers = new EnumMap<>(EngineUse.class);
        for (EngineUse use : EngineUse.values()) {
            answers.put(use, new ProbeAnswer.Unclear("away"));
        }
        assertThat(new EngineAccess(answers).isAnswered()).isFalse();
        assertThat(new EngineAccess(answers).text())
                .contains("nothing can be used")
                .endsWith("list, inspect, events, info, stats, logs, start, stop, restart, kill not clear: away");

        assertThat(refusing(EngineUse.values()).isAnswered()).isTrue();
    }

    private static EngineAccess refusing(EngineUse... refused) {
        Map<EngineUse, ProbeAnswer> answers = new EnumMap<>(EngineUse.class);
        for (EngineUse use : EngineUse.values()) {
            answers.put(use, Stream.of(refused).anyMatch(use::equals) ? REFUSED : ProbeAnswer.WORKS);
        }
        return new EngineAccess(answers);
    }
}
