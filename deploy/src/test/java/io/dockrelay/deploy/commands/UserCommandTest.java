package io.dockrelay.deploy.commands;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.dockrelay.protocol.rights.Permission;
import io.dockrelay.protocol.rights.Place;
import io.dockrelay.relay.signin.tokens.ApiToken;
import io.dockrelay.relay.signin.tokens.NewToken;
import io.dockrelay.relay.signin.tokens.TokenMaker;
import io.dockrelay.relay.signin.tokens.TokenSecret;
import io.dockrelay.relay.signin.tokens.Tokens;
import io.dockrelay.relay.signin.tokens.TokensFile;
import io.dockrelay.relay.signin.users.UsersFile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class UserCommandTest {

    private static final String PASSWORD = "correct horse battery";

    @TempDir
    private Path folder;

    private String run(String input, String... arguments) {
        var out = new ByteArrayOutputStream();
        var command = new UserCommand(() -> Optional.of(folder.resolve("users.json")), () -> Optional.of(folder));
        int code = command.run(
                List.of(arguments), new ByteArrayInputStream(input.getBytes(UTF_8)), new PrintStream(out, true, UTF_8));
        assertThat(code).isZero();
        return out.toString(UTF_8);
    }

    private UsersFile file() {
        return new UsersFile(folder.resolve("users.json"));
    }

    @Test
    void userIsAddedChangedListedAndRemoved() {
        assertThat(run(PASSWORD + "\r\nignored\n", "add", "anna", "--role", "operator", "--role", "audit"))
                .contains("Added anna (audit, operator)");
        assertThat(file().read().find("anna").orElseThrow().password().matches(PASSWORD))
                .isTrue();
        assertThat(run("", "list")).isEqualTo("anna\taudit,operator\n");
        assertThat(run("another horse battery", "passwd", "anna")).doesNotContain("horse");
        assertThat(file().read().find("anna").orElseThrow().password().matches("another horse battery"))
                .isTrue();
        assertThat(run("", "role", "anna", "viewer")).contains("viewer");
        assertThat(run("", "remove", "anna")).contains("Removed anna");
        assertThat(run("", "list")).isEmpty();
    }

    @Test
    void roleThatGivesNothingByItselfIsSaid() {
        String sentence = "operater is none of viewer, reader, operator and admin; it gives nothing unless the grants";

        assertThat(run(PASSWORD, "add", "anna", "--role", "operater")).contains("Added anna", sentence);
        assertThat(run("", "role", "anna", "viewer", "operater")).contains(sentence);
        assertThat(run("", "role", "anna", "none")).doesNotContain("Warning");
        assertThat(run("", "role", "anna", "viewer", "reader", "operator", "admin"))
                .doesNotContain("Warning");
    }

    @Test
    void tokensOfARemovedUserAreRemovedToo() {
        assertThat(run(PASSWORD, "add", "anna")).contains("Added");
        TokenMaker anna = TokenMaker.of(file().read().find("anna").orElseThrow());
        var asked = new NewToken("ci", Set.of(Permission.VIEW), Place.EVERYWHERE, 1);
        var tokens = new TokensFile(folder);
        Tokens unused = tokens.edit(
                all -> all.with(asked.token(TokenSecret.random(), Optional.of(anna), Instant.now()), Instant.now())
                        .with(asked.token(TokenSecret.random(), Optional.empty(), Instant.now()), Instant.now()));

        assertThat(run("", "remove", "anna")).contains("tokens have ended");

        assertThat(tokens.read().all()).extracting(ApiToken::fullName).containsExactly("/ci");
    }

    @ParameterizedTest
    @CsvSource({
        "2, '', Usage: user add NAME",
        "2, 'add anna secret', a password is never an argument",
        "2, 'role anna', at least one role",
        "1, 'remove anna', There is no user anna",
        "1, 'passwd anna', There is no user anna",
        "1, 'role anna admin', There is no user anna",
        "1, 'add anna', A password must have 12",
        "1, 'add a/b', A name must have",
        "1, 'add anna --role Admin', A role must have"
    })
    void mistakeIsSaidInASentence(int code, String arguments, String sentence) {
        String[] words = arguments.isEmpty() ? new String[0] : arguments.split(" ", -1);
        CommandException mistake = catchThrowableOfType(CommandException.class, () -> run("short\n", words));

        assertThat(mistake).hasMessageContaining(sentence);
        assertThat(mistake.code()).isEqualTo(code);
        assertThat(file().read().isEmpty()).isTrue();
    }

    @Test
    void placeThatNoSettingNamesIsAsked() {
        var command = new UserCommand(Optional::empty, Optional::empty);
        var out = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
        CommandException mistake = catchThrowableOfType(CommandException.class, () -> {
            int unused = command.run(List.of("list"), new ByteArrayInputStream(new byte[0]), out);
        });

        assertThat(mistake).hasMessageContaining("RELAY_DATA_FOLDER");
    }
}
