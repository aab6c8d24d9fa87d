package io.dockrelay.relay.signin.users;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class UsersFileTest {

    /** Of "a long password", with little work. */
    private static final PasswordHash QUICK = PasswordHash.of("a long password", 64, 1);

    @TempDir
    private Path folder;

    private Path path;
    private UsersFile file;

    @BeforeEach
    void create() {
        path = folder.resolve("data/users.json");
        file = new UsersFile(path);
    }

    @Test
    void editIsReadBackAndIsPrivate() throws IOException {
        Users edited = file.edit(users -> users.with("anna", QUICK, Set.of("admin", "reader")));

        assertThat(file.read()).isEqualTo(edited);
        assertThat(edited.find("anna").orElseThrow().password().matches("a long password"))
                .isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path.getParent())))
                .isEqualTo("rwx------");
        assertThat(Files.readString(path)).doesNotContain("a long password");
    }

    @Test
    void missingFileHasNoUsers() {
        assertThat(file.read()).isEqualTo(Users.NONE);
    }

    @Test
    void eachChangeDrawsAnotherGeneration() {
        Users first = Users.NONE.with("anna", QUICK, Set.of("viewer"));
        List<Users> changed = List.of(
                first.withPassword("anna", QUICK),
                first.withRoles("anna", Set.of("admin")),
                first.withoutSessions("anna"),
                first.without("anna").with("anna", QUICK, Set.of("viewer")));

        assertThat(changed)
                .extracting(users -> users.find("anna").orElseThrow().generation())
                .doesNotHaveDuplicates()
                .doesNotContain(first.find("anna").orElseThrow().generation());
    }

    @Test
    void userKeepsItsIdAndAnotherOneOfItsNameHasAnother() {
        Users first = Users.NONE.with("anna", QUICK, Set.of("viewer"));
        String id = first.find("anna").orElseThrow().id();

        assertThat(id).isNotEmpty();
        assertThat(List.of(
                        first.withPassword("anna", QUICK),
                        first.withRoles("anna", Set.of("admin")),
                        first.withoutSessions("anna")))
                .allMatch(users -> users.find("anna").orElseThrow().id().equals(id));
        assertThat(first.without("anna")
                        .with("anna", QUICK, Set.of())
                        .find("anna")
                        .orElseThrow()
                        .id())
                .isNotEqualTo(id);
        assertThat(file.edit(none -> first)).isEqualTo(file.read());
    }

    @Test
    void fileOfAnEarlierVersionHasNoIds() throws IOException {
        Users unused = file.edit(users -> users.with("anna", QUICK, Set.of("viewer")));
        String without = Files.readString(path).replaceAll("\\s*\"id\" : \"[^\"]+\",", "");
        Files.writeString(path, without);

        assertThat(file.read().find("anna").orElseThrow().id()).isEmpty();
        Users edited =
                file.edit(users -> users.withRoles("anna", Set.of("admin")).with("berta", QUICK, Set.of()));
        assertThat(edited).isEqualTo(file.read());
        assertThat(edited.find("anna").orElseThrow().id()).isEmpty();
        assertThat(edited.find("berta").orElseThrow().id()).isNotEmpty();
    }

    @Test
    void editsAtTheSameTimeLoseNothing() throws Exception {
        List<Callable<Users>> edits = IntStream.range(0, 40)
                .<Callable<Users>>mapToObj(i ->
                        // Each with a lock of its own, as in several processes.
                        () -> new UsersFile(path).edit(users -> users.with("user" + i, QUICK, Set.of("viewer"))))
                .toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Users> edit : threads.invokeAll(edits)) {
                assertThat(edit.get().isEmpty()).isFalse();
            }
        }
        assertThat(file.read().all()).hasSize(40);
        try (var files = Files.list(path.getParent())) {
            assertThat(files.map(each -> each.getFileName().toString()))
                    .containsExactlyInAnyOrder("users.json", "users.json.lock");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw----r--", "rw-rw----", "rw-----w-"})
    void fileThatOthersCanReadIsRefusedWithTheCommand(String permissions) throws IOException {
        var unused = file.edit(users -> users.with("anna", QUICK, Set.of("admin")));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));

        assertThatThrownBy(file::read).isInstanceOf(UsersException.class).hasMessageContaining("run chmod 600 " + path);
        assertThatThrownBy(() -> file.edit(users -> users.without("anna"))).isInstanceOf(UsersException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"users\":null}",
                "{\"users\":[null]}",
                "{\"users\":[{}]}",
                "{\"users\":[],\"more\":1}",
                "{\"users\":[{\"name\":\"../x\",\"password\":\"HASH\",\"roles\":[],\"generation\":\"g\"}]}",
                "{\"users\":[{\"name\":\"anna\",\"password\":\"secret word\",\"roles\":[],\"generation\":\"g\"}]}",
                "{\"users\":[{\"name\":\"anna\",\"password\":\"HASH\",\"roles\":[]}]}",
                "{\"users\":[{\"name\":\"anna\",\"password\":\"HASH\",\"roles\":[],\"generation\":\"g\"},"
                        + "{\"name\":\"ANNA\",\"password\":\"HASH\",\"roles\":[],\"generation\":\"g\"}]}"
            })
    void brokenFileIsNamedWithoutItsSecrets(String json) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, json.replace("HASH", QUICK.text()));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));

        assertThatThrownBy(file::read)
                .isInstanceOf(UsersException.class)
                .hasMessageStartingWith(path.toString())
                .message()
                .doesNotContain("secret word", "argon2id$");
    }

    /** From the tests of the reference implementation. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
            })
    void hashOfAnotherProgramIsAccepted(String text) {
        PasswordHash hash = PasswordHash.parse(text).orElseThrow();

        assertThat(hash.matches("password")).isTrue();
        assertThat(hash.matches("passwore")).isFalse();
        assertThat(hash.text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$argon2id$v=19$m=9999999,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "$argon2id$v=19$m=1024,t=99,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "$argon2i$v=19$m=1024,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "$2b$12$abcdefghijklmnopqrstuv",
                "secret"
            })
    void hashOutOfBoundsOrOfAnotherKindIsNone(String text) {
        assertThat(PasswordHash.parse(text)).isEmpty();
    }

    @Test
    void sameCharacterEnteredInTwoWaysIsTheSamePassword() {
        PasswordHash composed = PasswordHash.of("caf\u00e9 caf\u00e9 caf\u00e9", 64, 1);

        assertThat(composed.matches("cafe\u0301 cafe\u0301 cafe\u0301")).isTrue();
    }

    @Test
    void unknownNameHasAHashToCompareWith() {
        Users users = Users.NONE.with("anna", QUICK, Set.of());

        assertThat(users.standIn("nobody")).contains(QUICK);
        assertThat(Users.NONE.standIn("nobody")).isEmpty();
    }
}
