package io.dockrelay.controller.logs.tail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import io.dockrelay.controller.testing.Settings;
import io.dockrelay.controller.testing.TailReadFault;
import io.dockrelay.controller.testing.Waiting;
import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.logs.LogPage;
import io.dockrelay.protocol.logs.ReadLogs;
import io.dockrelay.protocol.logs.ReadLogs.Anchor;
import io.dockrelay.protocol.logs.Resumption;
import io.dockrelay.protocol.logs.TailFrom;

import static org.assertj.core.api.Assertions.assertThat;

/** Reads of the newest entries end early, fail or never end, as newer engines do while the log rotates. */
@OnRealEngine
class TailReadFaultsTest extends LogsThroughProxy {

    private static final int STORED = 500;
    private static final int UNREAD = 100;
    private static final TailReadFault[] THREE_FAILURES = {
        TailReadFault.FAILED, TailReadFault.FAILED, TailReadFault.FAILED
    };

    TailReadFaultsTest(TestEngine real) {
        super(real);
    }

    @Test
    void pageAfterACursorIsAnchoredWhenTheFirstReadEndsEarly() {
        storeLines();
        String cursor = lastRead();
        proxy.failNextTailReads(TailReadFault.SHORT);

        LogPage page = page(new ReadLogs("web", Anchor.AFTER, cursor, null, null, 1_000));

        assertThat(page.anchored()).isTrue();
        assertThat(texts(page)).isEqualTo(unread());
        assertThat(proxy.faultsLeft()).isZero();
    }

    @Test
    void pageBeforeACursorIsAnchoredWhenTheFirstReadEndsEarly() {
        storeLines();
        String cursor = lastRead();
        proxy.failNextTailReads(TailReadFault.SHORT);

        LogPage page = page(new ReadLogs("web", Anchor.THROUGH, cursor, null, null, 3));

        assertThat(page.anchored()).isTrue();
        assertThat(texts(page)).containsExactly("398", "399", "400");
        assertThat(proxy.faultsLeft()).isZero();
    }

    @Test
    void tailResumesWithoutAGapWhenTheSearchForItsCursorEndsEarly() {
        storeLines();
        String cursor = lastRead();
        proxy.failNextTailReads(TailReadFault.SHORT);
        TestReader reader = reader();

        Waiting.await(reader.tryOpen("web", new TailFrom.After(cursor), false));
        reader.awaitText(String.valueOf(STORED));

        assertThat(reader.batches.getFirst().resumption()).isEqualTo(Resumption.RESUMED);
        assertThat(reader.seen()).isEqualTo(unread());
        assertThat(proxy.faultsLeft()).isZero();
    }

    /** An empty read would make a tail start with the first line of the store. */
    @Test
    void newestLinesAreReadAgainWhenTheFirstReadIsEmpty() {
        storeLines();
        proxy.failNextTailReads(TailReadFault.EMPTY);

        assertThat(texts(page(ReadLogs.newest("web", 2)))).containsExactly("499", "500");
        assertThat(proxy.faultsLeft()).isZero();
    }

    @Test
    void newestLinesAreReadAgainAfterAnErrorThatTheEngineReports() {
        storeLines();
        proxy.failNextTailReads(TailReadFault.FAILED);

        assertThat(texts(page(ReadLogs.newest("web", 2)))).containsExactly("499", "500");
        assertThat(proxy.faultsLeft()).isZero();
    }

    /** It may be damage in the log; but other reads show that all lines are there. */
    @Test
    void pageIsWholeAfterAnErrorThatTheEngineReportsThreeTimes() {
        storeLines();
        proxy.failNextTailReads(THREE_FAILURES);

        LogPage page = page(ReadLogs.newest("web", 2));

        assertThat(texts(page)).containsExactly("499", "500");
        assertThat(page.incomplete()).isNull();
        assertThat(proxy.faultsLeft()).isZero();
    }

    @Test
    void errorThatTheEngineReportsAtEachReadIsTheFailureOfAPage() {
        storeLines();
        TailReadFault[] always = new TailReadFault[200];
        Arrays.fill(always, TailReadFault.FAILED);
        proxy.failNextTailReads(always);

        Refusal refusal = refusal(ReadLogs.newest("web", 10));

        assertThat(refusal.kind()).isEqualTo(RefusalKind.ENGINE_ERROR);
        assertThat(refusal).hasMessage(TailReadFault.REPORT);
        assertThat(proxy.faultsLeft()).isPositive();
    }

    /**
     * As after a power cut. Newer engines report the damage at each read and read no further; 20.10 skips a part. Lines right
     * before the damage may be missing.
     */
    @Test
    void damagedLogIsReadOnBothSidesOfTheDamage() throws IOException {
        runToEnd("web", "seq 1 " + STORED);
        Path file = Path.of(real.docker("inspect", "--format", "{{.LogPath}}", "web"));
        byte[] log = Files.readAllBytes(file);
        int damage = new String(log, StandardCharsets.ISO_8859_1).indexOf("\"250\\n\"");
        Arrays.fill(log, damage, damage + 8, (byte) 0);
        Files.write(file, log);

        LogPage newest = page(ReadLogs.newest("web", 1_000));
        LogPage older = page(new ReadLogs("web", Anchor.BEFORE, newest.first(), null, null, 1_000));

        assertThat(texts(newest))
                .isEqualTo(IntStream.rangeClosed(251, STORED)
                        .mapToObj(Integer::toString)
                        .toList());
        assertThat(newest.incomplete()).isNotNull();
        assertThat(texts(older))
                .startsWith(IntStream.rangeClosed(1, 200)
                        .mapToObj(Integer::toString)
                        .toArray(String[]::new));
    }

    /** A tail that may wait for its container also waits for an engine that fails, and then reads again. */
    @Test
    void tailResumesAfterAnErrorThatTheEngineReports() {
        storeLines();
        String cursor = lastRead();
        proxy.failNextTailReads(THREE_FAILURES);
        TestReader reader = reader();

        Waiting.await(reader.tryOpen("web", new TailFrom.After(cursor), true));
        reader.awaitText(String.valueOf(STORED));

        assertThat(reader.texts()).isEqualTo(unread());
        assertThat(reader.seen()).noneMatch(text -> text.startsWith("<gap"));
        assertThat(proxy.faultsLeft()).isZero();
    }

    @Test
    void silentReadIsClosedAndRepeated() {
        storeLines();
        int connections = proxy.openConnections();
        proxy.failNextTailReads(TailReadFault.SILENT);

        assertThat(texts(page(ReadLogs.newest("web", 2)))).containsExactly("499", "500");
        assertThat(proxy.faultsLeft()).isZero();
        Awaitility.await("the silent read's connection is closed").until(() -> proxy.openConnections() <= connections);
    }

    @Test
    void thirdSilentReadIsNotRepeated() {
        storeLines();
        var silent = TailReadFault.SILENT;
        proxy.failNextTailReads(silent, silent, silent, silent);

        assertThat(refusal(ReadLogs.newest("web", 10)).kind()).isEqualTo(RefusalKind.TIMED_OUT);
        assertThat(proxy.faultsLeft()).isOne();
    }

    private void storeLines() {
        real.run("web", "seq 1 " + STORED + "; sleep 1000");
        awaitStored("web", String.valueOf(STORED));
    }

    /** Cursor of the last line before the unread ones. */
    private String lastRead() {
        return page(ReadLogs.newest("web", UNREAD + 1)).first();
    }

    private static List<String> unread() {
        return IntStream.rangeClosed(STORED - UNREAD + 1, STORED)
                .mapToObj(Integer::toString)
                .toList();
    }

    private Refusal refusal(ReadLogs request) {
        return (Refusal) Waiting.failure(Bus.of(vertx).ask(Addresses.readLogs(Settings.CONTROLLER), request));
    }
}
