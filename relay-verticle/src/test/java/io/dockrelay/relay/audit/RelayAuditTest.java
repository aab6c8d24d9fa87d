package io.dockrelay.relay.audit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.dockrelay.record.RecordedAction;
import io.dockrelay.record.RecordedContainer;
import io.dockrelay.settings.RecordSettings;

import static org.assertj.core.api.Assertions.assertThat;

/** The ways into the record for parts that control no container. */
class RelayAuditTest {

    private static final Actor ADA = new Actor("ada", "10.0.0.7");

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void signInsAndChangesOfRightsAreOneLineEach() throws Exception {
        List<String> lines = recorded(audit -> {
            audit.happened(ADA, RecordedAction.SIGN_IN, null, null);
            audit.happened(ADA, RecordedAction.TOKEN, null, "made \"backup\"");
            audit.happened(Actor.PROGRAM, RecordedAction.RIGHTS, null, "the grants file has changed");
            audit.happened(ADA, RecordedAction.SIGN_OUT, null, null);
        });

        assertThat(lines).hasSize(5);
        assertThat(lines.get(1))
                .contains(
                        "\"who\":\"ada\",\"address\":\"10.0.0.7\",\"what\":\"sign-in\",\"outcome\":\"done\",\"prev\"");
        assertThat(lines.get(2)).contains("\"what\":\"token\",\"outcome\":\"done\",\"reason\":\"made \\\"backup\\\"\"");
        assertThat(lines.get(3)).contains("\"what\":\"rights\"").doesNotContain("\"who\"");
        assertThat(lines.get(4)).contains("\"what\":\"sign-out\"");
    }

    @Test
    void refusalsNameTheirContainerAndEqualOnesAreMerged() throws Exception {
        List<String> lines = recorded(audit -> {
            for (int i = 0; i < 5; i++) {
                audit.refusals().refused(ADA, "stop", new RecordedContainer(null, "web", null), "no right");
            }
            audit.refusals().refused(ADA, "stop", new RecordedContainer(null, "db", null), "no right");
            audit.refusals().refused(ADA, RecordedAction.SIGN_IN, null, "the name or the password is wrong");
        });

        assertThat(lines).hasSize(5);
        assertThat(lines.get(1)).contains("\"container\":{\"name\":\"web\"},\"outcome\":\"refused\"");
        assertThat(lines.get(2)).contains("\"container\":{\"name\":\"db\"}");
        assertThat(lines.get(3)).contains("\"what\":\"sign-in\",\"outcome\":\"refused\"");
        assertThat(lines.get(4)).contains("\"name\":\"web\"").contains("\"count\":4");
    }

    /** The lines after what was done on the relay's context, and after the end of the record. */
    private List<String> recorded(Consumer<RelayAudit> doing) throws Exception {
        var settings = new RecordSettings(Optional.of(folder), Optional.empty(), Optional.empty(), 1_000_000, 2);
        var audit = new RelayAudit(vertx, settings, Clock.systemUTC());
        Promise<Void> over = Promise.promise();
        vertx.getOrCreateContext()
                .runOnContext(now -> audit.start()
                        .onSuccess(started -> doing.accept(audit))
                        .compose(started -> audit.close())
                        .onComplete(over));
        over.future().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        return Files.readAllLines(folder.resolve("record-000000000001.jsonl"));
    }
}
