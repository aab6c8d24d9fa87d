package io.dockrelay.relay.signin.tokens;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.dockrelay.protocol.rights.Permission;
import io.dockrelay.protocol.rights.PlaceFields;
import io.dockrelay.protocol.rights.Principal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

class TokensFileTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final TokenMaker ANNA = new TokenMaker(
            TokenMaker.USERS, new Principal("anna", Principal.Kind.USER, Set.of("web"), Set.of("reader"), "10.0.0.1"));

    @TempDir
    private Path folder;

    private TokensFile file;

    @BeforeEach
    void create() {
        file = new TokensFile(folder.resolve("data"));
    }

    private static ApiToken token(String name, TokenMaker maker) {
        return token(name, maker, TokenSecret.random());
    }

    private static ApiToken token(String name, TokenMaker maker, TokenSecret secret) {
        var place = new PlaceFields(List.of("edge-*"), null, null, null).place();
        return new NewToken(name, Set.of(Permission.LOGS), place, 90).token(secret, Optional.ofNullable(maker), NOW);
    }

    @Test
    void secretIsRecognisableLongAndNeverStored() throws IOException {
        TokenSecret secret = TokenSecret.random();
        Tokens edited = file.edit(tokens -> tokens.with(token("ci", ANNA, secret), NOW));

        assertThat(secret.reveal()).matches("dockrelay_[0-9a-z]{12}_[0-9a-z]{50}");
        assertThat(secret.toString()).doesNotContain(secret.reveal().substring(23));
        assertThat(Files.readString(file.path())).doesNotContain(secret.reveal().substring(23));
        assertThat(edited.find(secret.id()).orElseThrow().is(secret)).isTrue();
        assertThat(edited.find(secret.id()).orElseThrow().is(TokenSecret.random()))
                .isFalse();
        assertThat(TokenSecret.parse(secret.reveal()).orElseThrow().hash()).isEqualTo(secret.hash());
        assertThat(TokenSecret.parse(secret.reveal() + "0")).isEmpty();
        assertThat(TokenSecret.parse(secret.reveal() + "\n")).isEmpty();
    }

    @Test
    void editIsReadBackAndIsPrivate() throws IOException {
        Tokens edited = file.edit(tokens -> tokens.with(token("ci", ANNA), NOW).with(token("backup", null), NOW));

        assertThat(file.read()).isEqualTo(edited);
        assertThat(edited.all()).extracting(ApiToken::fullName).containsExactly("anna/ci", "/backup");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(file.path().getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void fileThatOthersCanReadIsRefused() throws IOException {
        Tokens unused = file.edit(tokens -> tokens.with(token("ci", ANNA), NOW));
        Path open = Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(file::read).hasMessageContaining("chmod 600 " + open);
    }

    @Test
    void editsAtTheSameTimeLoseNothing() throws Exception {
        List<Callable<Tokens>> edits = IntStream.range(0, 40)
                .<Callable<Tokens>>mapToObj(i -> () ->
                        new TokensFile(folder.resolve("data")).edit(tokens -> tokens.with(token("t" + i, ANNA), NOW)))
                .toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Tokens> edit : threads.invokeAll(edits)) {
                assertThat(edit.get()).isNotNull();
            }
        }
        assertThat(file.read().all()).hasSize(40);
    }

    /** As the command and a relay. */
    @Test
    void editsOfTwoProcessesLoseNothing() throws Exception {
        Path data = file.path().getParent();
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        TokenAdder.class.getName(),
                        data.toString(),
                        "other")
                .inheritIO()
                .start();
        try {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !other.isAlive() || !file.read().all().isEmpty());

            TokenAdder.add(data, "own");

            assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(other.exitValue()).isZero();
        } finally {
            other.destroy();
        }
        assertThat(file.read().all()).hasSize(2 * TokenAdder.TOKENS);
    }

    @Test
    void nameIsUniqueForItsMaker() {
        Tokens tokens = Tokens.NONE.with(token("ci", ANNA), NOW);
        var berta =
                new TokenMaker(TokenMaker.USERS, new Principal("berta", Principal.Kind.USER, Set.of(), Set.of(), ""));

        assertThatThrownBy(() -> tokens.with(token("CI", ANNA), NOW)).hasMessageContaining("already");
        Tokens both = tokens.with(token("ci", berta), NOW).with(token("ci", null), NOW);
        assertThatThrownBy(() -> both.named("ci")).hasMessageContaining("Several makers");
        assertThat(both.named("berta/ci").maker()).contains(berta);
        assertThat(both.named("/ci").maker()).isEmpty();
        assertThatThrownBy(() -> both.named("x")).hasMessageContaining("no token");
    }

    @Test
    void tokensOfAFormerUserOfTheSameNameAreLeftOut() {
        var former = new TokenMaker(TokenMaker.USERS, "1", ANNA.user());
        var anna = new TokenMaker(TokenMaker.USERS, "2", ANNA.user());
        Tokens before = Tokens.NONE
                .with(token("ci", former), NOW)
                .with(token("ci", null), NOW)
                .with(token("other", former), NOW);

        Tokens after = before.with(token("CI", anna), NOW);

        assertThat(after.all()).extracting(ApiToken::fullName).containsExactly("/ci", "anna/CI");
        assertThat(file.edit(all -> after)).isEqualTo(file.read());
        assertThat(token("ci", former).isOf(anna)).isFalse();
    }

    /** A command may run as another system user than the relay, such as root. */
    @Test
    void ownerOfTheFilesStaysTheOwner() throws IOException {
        Tokens first = file.edit(tokens -> tokens.with(token("ci", ANNA), NOW));
        Path lock = file.path().resolveSibling("tokens.json.lock");
        assumeThat(Files.getAttribute(lock, "unix:uid")).isEqualTo(0);
        Files.setAttribute(file.path(), "unix:uid", 12_345);
        Files.delete(lock);

        Tokens unused = file.edit(tokens -> tokens.without(token -> true));

        assertThat(first.all()).hasSize(1);
        assertThat(file.read().all()).isEmpty();
        assertThat(Files.getAttribute(file.path(), "unix:uid")).isEqualTo(12_345);
        assertThat(Files.getAttribute(lock, "unix:uid")).isEqualTo(12_345);
        Files.delete(file.path());
        Files.setAttribute(file.path().getParent(), "unix:uid", 12_346);
        Tokens second = file.edit(tokens -> tokens.with(token("ci", ANNA), NOW));
        assertThat(second.all()).hasSize(1);
        assertThat(Files.getAttribute(file.path(), "unix:uid")).as("a new file").isEqualTo(12_346);
    }

    @Test
    void usersOfTwoWaysWithOneNameAreTwo() {
        var elsewhere = new TokenMaker("oidc", ANNA.user());
        ApiToken token = token("ci", ANNA);

        assertThat(token.isOf(ANNA)).isTrue();
        assertThat(token.isOf(elsewhere)).isFalse();
        assertThat(token.isOfUser("anna")).isTrue();
        assertThat(token("ci", elsewhere).isOfUser("anna")).isFalse();
        assertThat(new Tokens(List.of(token)).seen(elsewhere).all()).containsExactly(token);
    }

    @Test
    void numberIsBoundedAndExpiredOnesAreLeftOut() {
        Tokens many = Tokens.NONE;
        for (int i = 0; i < 100; i++) {
            many = many.with(token("t" + i, ANNA), NOW);
        }
        Tokens full = many;
        assertThatThrownBy(() -> full.with(token("more", ANNA), NOW)).hasMessageContaining("too many");
        assertThat(full.with(token("more", ANNA), NOW.plus(Duration.ofDays(121)))
                        .all())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "{\"tokens\":[null]}",
                "{\"tokens\":[{}]}",
                "{\"tokens\":[],\"more\":1}",
                "{\"tokens\":[{\"id\":\"ab\"}]}",
                "{\"tokens\":[]} x"
            })
    void brokenFileIsRefusedWithAPlace(String text) throws IOException {
        Files.createDirectories(file.path().getParent());
        Files.writeString(file.path(), text);
        Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-------"));

        assertThatThrownBy(file::read)
                .isInstanceOf(TokensException.class)
                .hasMessageContaining(file.path().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"logs\"|\"log\"",
                "\"user\"|\"token\"",
                "\"user\"|\"nothing\"",
                "\"edge-*\"|\" \"",
                "2027-02-28|2027-02-31",
                "\"web\"|null",
                "\"sha256\" : \"|\"sha256\" : \"g"
            })
    void oneWrongValueIsRefused(String change) throws IOException {
        Tokens unused = file.edit(tokens -> tokens.with(token("ci", ANNA), NOW));
        String[] words = change.split("\\|", -1);
        String text = Files.readString(file.path());
        assertThat(text).contains(words[0]);
        Files.writeString(file.path(), text.replace(words[0], words[1]));

        assertThatThrownBy(file::read).hasMessageContaining("tokens[0]");
    }

    @Test
    void newTokenIsChecked() {
        assertThat(NewToken.read(bytes("{\"name\":\"ci\",\"permissions\":[\"view\"]}"))
                        .days())
                .isEqualTo(90);
        for (String wrong : List.of(
                "",
                "null",
                "[]",
                "{}",
                "{\"name\":\"ci\"}",
                "{\"name\":\"a/b\",\"permissions\":[\"view\"]}",
                "{\"name\":\"ci\",\"permissions\":[\"root\"]}",
                "{\"name\":\"ci\",\"permissions\":[null]}",
                "{\"name\":\"ci\",\"permissions\":[\"view\"],\"days\":0}",
                "{\"name\":\"ci\",\"permissions\":[\"view\"],\"day\":1}",
                "{\"name\":\"ci\",\"permissions\":[\"view\"],\"days\":1,\"days\":366}",
                "{\"name\":\"ci\",\"permissions\":[\"view\"],\"place\":{\"projects\":[\"shop\"]}}",
                "{\"name\":\"ci\",\"permissions\":[\"view\"],\"days\":367}",
                "{\"name\":\"ci\",\"permissions\":[\"view\"],\"place\":{\"host\":[]}}")) {
            assertThatThrownBy(() -> {
                        NewToken unused = NewToken.read(bytes(wrong));
                    })
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void lastUsesOfTwoRelaysAreBothKept() throws IOException {
        var uses = new TokenUsesFile(folder);
        Map<String, Instant> first = uses.save(Map.of("a", NOW, "b", NOW), Set.of("a", "b"));
        assertThat(first).hasSize(2);

        Map<String, Instant> second = uses.save(Map.of("a", NOW.minusSeconds(5), "c", NOW), Set.of("a", "c"));

        assertThat(second).isEqualTo(Map.of("a", NOW, "c", NOW)).isEqualTo(uses.load());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("token-uses"))))
                .isEqualTo("rw-------");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
