package io.dockrelay.controller.logs.tail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.dockrelay.controller.testing.MeteredEngine;
import io.dockrelay.controller.testing.Waiting;
import io.dockrelay.docker.DockerEngine;
import io.dockrelay.docker.LogQuery;
import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.protocol.logs.LogPage;
import io.dockrelay.protocol.logs.ReadLogs;
import io.dockrelay.protocol.logs.ReadLogs.Anchor;
import io.dockrelay.protocol.logs.Resumption;
import io.dockrelay.protocol.logs.TailFrom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What it costs the engine to resume near the end of a large store. */
@OnRealEngine
class ResumeCostTest extends LogsOnRealEngine {

    private static final int STORED = 1_000_000;
    private static final int MISSING = 500;
    private static final int ROUNDS = 20;

    /** Null until deployed. */
    private MeteredEngine metered;

    ResumeCostTest(TestEngine real) {
        super(real);
    }

    @Override
    public DockerEngine engine(DockerEngine itself) {
        metered = new MeteredEngine(itself);
        return metered;
    }

    @Test
    void resumeReadsOnlyTheEndOfTheStore() throws IOException {
        real.run("web", "seq 1 " + STORED + "; sleep 1000");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> texts(page(ReadLogs.newest("web", 1))).contains(String.valueOf(STORED)));
        String cursor = page(ReadLogs.newest("web", MISSING + 1)).first();

        metered.reset();
        long cpu = cpuMillis();
        long began = System.nanoTime();
        for (int round = 0; round < ROUNDS; round++) {
            TestReader reader = reader();
            Waiting.await(reader.tryOpen("web", new TailFrom.After(cursor), false));
            reader.awaitLines(MISSING);
            assertThat(reader.batches.getFirst().resumption()).isEqualTo(Resumption.RESUMED);
            assertThat(reader.texts()).hasSize(MISSING).first().isEqualTo(String.valueOf(STORED - MISSING + 1));
            reader.close();
        }
        report("a tail", began, cpu);
        assertThat(entriesAsked() / ROUNDS).isLessThan(4 * 1024);
        assertThat(metered.bytes.get() / ROUNDS).isLessThan(512 * 1024);

        metered.reset();
        cpu = cpuMillis();
        began = System.nanoTime();
        for (int round = 0; round < ROUNDS; round++) {
            LogPage page = page(new ReadLogs("web", Anchor.AFTER, cursor, null, null, 5_000));
            assertThat(page.lines().count()).isEqualTo(MISSING);
        }
        report("a page", began, cpu);
        assertThat(entriesAsked() / ROUNDS).isLessThan(2 * 1024);
    }

    /** Of each read: a number of entries from the end, never a time, for which the engine decodes the whole store. */
    private long entriesAsked() {
        assertThat(metered.queries)
                .allSatisfy(query -> assertThat(query.tail()).isNotNull())
                .allSatisfy(query -> assertThat(query.since()).isNull());
        return metered.queries.stream().mapToLong(LogQuery::tail).sum();
    }

    private void report(String what, long began, long cpuBefore) throws IOException {
        System.out.printf(
                "%s resumed with %d of %d lines missing: %.1f ms, %.1f ms of the engine's CPU, %d entries asked%n",
                what,
                MISSING,
                STORED,
                (System.nanoTime() - began) / 1e6 / ROUNDS,
                (cpuMillis() - cpuBefore) / (double) ROUNDS,
                entriesAsked() / ROUNDS);
    }

    private long cpuMillis() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + real.pid() + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        // utime and stime, in ticks of 10 ms.
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 10;
    }
}
