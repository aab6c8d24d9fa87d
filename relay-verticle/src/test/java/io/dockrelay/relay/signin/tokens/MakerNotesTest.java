package io.dockrelay.relay.signin.tokens;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.dockrelay.protocol.rights.Permission;
import io.dockrelay.protocol.rights.Place;
import io.dockrelay.protocol.rights.Principal;
import io.dockrelay.relay.Soon;

import static org.assertj.core.api.Assertions.assertThat;

class MakerNotesTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final AtomicReference<Instant> time = new AtomicReference<>(NOW);
    private TokensFile file;
    private TokensWatch watch;
    private MakerNotes notes;

    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return time.get();
        }
    };

    @BeforeEach
    void open() {
        file = new TokensFile(folder);
        watch = new TokensWatch(vertx, file, changed -> {});
        notes = new MakerNotes(watch, clock);
    }

    @AfterEach
    void close() {
        watch.close();
        Soon.done(vertx.close());
    }

    private static TokenMaker anna(String way, String... groups) {
        return new TokenMaker(way, new Principal("anna", Principal.Kind.USER, Set.of(groups), Set.of(), ""));
    }

    private void add(TokenMaker maker) {
        var asked = new NewToken("ci", Set.of(Permission.VIEW), Place.EVERYWHERE, 1);
        Tokens unused = file.edit(all -> all.with(asked.token(TokenSecret.random(), Optional.of(maker), NOW), NOW));
        Promise<Void> started = Promise.promise();
        context.runOnContext(run -> watch.start().onComplete(started));
        Soon.done(started.future());
    }

    /** Returns when what it leads to is over: edits of one context run in turn. */
    private void seen(TokenMaker user) {
        Promise<Tokens> done = Promise.promise();
        context.runOnContext(run -> {
            notes.seen(user, watch.tokens().all());
            watch.edit(tokens -> tokens).onComplete(either -> done.complete());
        });
        Soon.done(done.future());
    }

    private Set<String> groups() {
        return file.read().all().getFirst().maker().orElseThrow().user().groups();
    }

    @Test
    void groupsOfAMakerAreThoseWithWhichItWasSeenLast() {
        add(anna("oidc", "web"));

        seen(anna("oidc", "web", "ops"));

        assertThat(groups()).containsExactlyInAnyOrder("web", "ops");
        seen(anna("proxy", "other"));
        seen(anna("oidc"));
        assertThat(groups()).isEmpty();
    }

    @Test
    void rolesOfTheUsersFileNeedNoNote() throws Exception {
        add(anna(TokenMaker.USERS));
        byte[] before = Files.readAllBytes(file.path());

        seen(anna(TokenMaker.USERS, "web"));

        assertThat(Files.readAllBytes(file.path())).isEqualTo(before);
    }

    @Test
    void diskThatFailsIsTriedAgainAfterAMinute() throws Exception {
        add(anna("oidc", "web"));
        Path lock = folder.resolve("tokens.json.lock");
        Files.delete(lock);
        Files.createDirectory(lock);
        seen(anna("oidc", "ops"));
        Files.delete(lock);

        time.set(NOW.plus(Duration.ofSeconds(59)));
        seen(anna("oidc", "ops"));
        assertThat(groups()).containsExactly("web");

        time.set(NOW.plus(Duration.ofSeconds(60)));
        seen(anna("oidc", "ops"));
        assertThat(groups()).containsExactly("ops");
    }
}
