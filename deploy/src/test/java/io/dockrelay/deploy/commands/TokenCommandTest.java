package io.dockrelay.deploy.commands;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.dockrelay.protocol.rights.Permission;
import io.dockrelay.protocol.rights.PlaceFields;
import io.dockrelay.relay.signin.tokens.ApiToken;
import io.dockrelay.relay.signin.tokens.TokenMaker;
import io.dockrelay.relay.signin.tokens.TokenSecret;
import io.dockrelay.relay.signin.tokens.TokensFile;
import io.dockrelay.relay.signin.users.PasswordHash;
import io.dockrelay.relay.signin.users.Users;
import io.dockrelay.relay.signin.users.UsersFile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class TokenCommandTest {

    @TempDir
    private Path folder;

    private String run(String... arguments) {
        var out = new ByteArrayOutputStream();
        var command = new TokenCommand(() -> Optional.of(folder), () -> Optional.of(folder.resolve("users.json")));
        int code = command.run(
                List.of(arguments), new ByteArrayInputStream(new byte[0]), new PrintStream(out, true, UTF_8));
        assertThat(code).isZero();
        return out.toString(UTF_8);
    }

    private List<ApiToken> tokens() {
        return new TokensFile(folder).read().all();
    }

    @Test
    void tokenIsAddedShownOnceListedAndRevoked() {
        String added = run("add", "ci");
        String secret = added.lines().reduce((first, last) -> last).orElseThrow();

        assertThat(TokenSecret.parse(secret).orElseThrow().id())
                .isEqualTo(tokens().getFirst().id());
        assertThat(tokens().getFirst().fullName()).isEqualTo("/ci");
        assertThat(Duration.between(
                                tokens().getFirst().made(), tokens().getFirst().expires())
                        .toDays())
                .isEqualTo(90);
        assertThat(run("list"))
                .startsWith("ID\tNAME\tPERMISSIONS\tWHERE\tEXPIRES\tLAST USE\n"
                        + tokens().getFirst().id() + "\t/ci\tview,stats,inspect,logs\teverywhere\tuntil 2")
                .endsWith("\tnever used\n")
                .doesNotContain(secret.substring(23));
        assertThat(run("revoke", "ci")).contains("Revoked /ci; a running relay ends");
        assertThat(tokens()).isEmpty();
    }

    @Test
    void tokenHasTheMakerScopeAndTimeThatTheOptionsSay() {
        Users users = new UsersFile(folder.resolve("users.json"))
                .edit(none -> none.with("anna", PasswordHash.of("a long password", 64, 1), Set.of("viewer")));

        String added = run(
                "add",
                "ci",
                "--user",
                "anna",
                "--permission",
                "logs",
                "--permission",
                "control",
                "--host",
                "edge-*",
                "--project",
                "shop",
                "--project",
                "blog",
                "--label",
                "tier=a",
                "--days",
                "7");

        assertThat(added)
                .contains("Added anna/ci (logs,control; until ", "; host=edge-* project=blog,shop label=tier=a) to ");
        ApiToken token = tokens().getFirst();
        assertThat(token.permissions()).containsExactlyInAnyOrder(Permission.LOGS, Permission.CONTROL);
        assertThat(PlaceFields.of(token.where()).project()).containsExactly("blog", "shop");
        assertThat(token.maker()).contains(TokenMaker.of(users.find("anna").orElseThrow()));
        assertThat(Duration.between(token.made(), token.expires()).toDays()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({
        "2, '', Usage: token add NAME",
        "2, 'add', Usage: token add NAME",
        "2, 'add ci --role', Usage: token add NAME",
        "2, 'add ci --secret x', Usage: token add NAME",
        "2, 'add ci --days 1 --days 2', Usage: token add NAME",
        "2, 'add ci --role viewer --permission logs', either --role or --permission",
        "2, 'revoke', one name or id",
        "1, 'revoke ci', There is no token",
        "1, 'add a/b', A token's name must have",
        "1, 'add ci --role root', The role of a token must be",
        "1, 'add ci --permission root', A permission must be",
        "1, 'add ci --days 400', 1 to 366 days",
        "1, 'add ci --days soon', 1 to 366 days",
        "1, 'add ci --user carla', There is no user carla"
    })
    void mistakeIsSaidInASentence(int code, String arguments, String sentence) {
        String[] words = arguments.isEmpty() ? new String[0] : arguments.split(" ", -1);
        CommandException mistake = catchThrowableOfType(CommandException.class, () -> run(words));

        assertThat(mistake).hasMessageContaining(sentence);
        assertThat(mistake.code()).isEqualTo(code);
        assertThat(tokens()).isEmpty();
    }

    @Test
    void folderThatNoSettingNamesIsAsked() {
        var command = new TokenCommand(Optional::empty, Optional::empty);
        var out = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
        CommandException mistake = catchThrowableOfType(CommandException.class, () -> {
            int unused = command.run(List.of("list"), new ByteArrayInputStream(new byte[0]), out);
        });

        assertThat(mistake).hasMessageContaining("RELAY_DATA_FOLDER");
    }
}
