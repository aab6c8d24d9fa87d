package io.dockrelay.deploy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ArgumentsTest {

    @Test
    void verticlesOfTheUserRunBesideRolesOrAlone() {
        assertThat(Arguments.parse("relay", "--verticle", "my.Alarm", "--verticle", "my.Copy"))
                .isEqualTo(new Arguments.Run(
                        List.of(Role.RELAY), false, Optional.empty(), List.of("my.Alarm", "my.Copy")));
        assertThat(Arguments.parse("--cluster", "--verticle", "my.Alarm"))
                .isEqualTo(new Arguments.Run(List.of(), true, Optional.empty(), List.of("my.Alarm")));
        assertThat(Arguments.parse("--verticle")).isInstanceOf(Arguments.Wrong.class);
    }

    @Test
    void withoutARoleTheProcessHasBothRoles() {
        assertThat(Arguments.parse())
                .isEqualTo(new Arguments.Run(List.of(Role.CONTROLLER, Role.RELAY), false, Optional.empty()))
                .isEqualTo(Arguments.parse("all"));
    }

    @Test
    void optionsAreAllowedAtAnyPosition() {
        assertThat(Arguments.parse("--cluster", "relay", "--conf", "etc"))
                .isEqualTo(new Arguments.Run(List.of(Role.RELAY), true, Optional.of(Path.of("etc"))));
    }

    @Test
    void classNameIsPassedToVertxWithTheFollowingArguments() {
        assertThat(Arguments.parse("io.dockrelay.relay.RelayVerticle", "-conf", "conf/relay.json"))
                .isEqualTo(new Arguments.Launcher(
                        List.of("io.dockrelay.relay.RelayVerticle", "-conf", "conf/relay.json")));
    }

    @Test
    void healthTakesAUrlOrUsesTheDefault() {
        assertThat(Arguments.parse("health")).isEqualTo(new Arguments.Health(Optional.empty()));
        assertThat(Arguments.parse("health", "http://localhost:8089/health"))
                .isEqualTo(new Arguments.Health(Optional.of("http://localhost:8089/health")));
    }

    @Test
    void commandGetsTheWordsAfterItsName() {
        assertThat(Arguments.parse("user", "add", "anna", "--role", "admin"))
                .isEqualTo(new Arguments.Named("user", List.of("add", "anna", "--role", "admin")));
    }

    @Test
    void helpAfterACommandIsThatOfTheCommand() {
        assertThat(Arguments.parse("user", "add", "--help")).isEqualTo(new Arguments.CommandHelp("user"));
        assertThat(Arguments.parse("relay", "-h")).isEqualTo(new Arguments.Help());
        assertThat(List.of("doctor", "token", "user"))
                .allSatisfy(name -> assertThat(
                                new Commands(Map.of()).named(name).usage().orElseThrow())
                        .containsPattern("^Usage: .*" + name));
    }

    @ParameterizedTest
    @CsvSource({"--fast, --fast", "server, server", "--conf, --conf needs a folder", "all relay, all and relay"})
    void wrongArgumentIsNamedInTheError(String words, String named) {
        assertThat(Arguments.parse(words.split(" ", -1)))
                .isInstanceOfSatisfying(
                        Arguments.Wrong.class,
                        wrong -> assertThat(wrong.sentence()).contains(named));
    }
}
