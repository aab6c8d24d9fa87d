package io.dockrelay.controller.logs.store;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.dockrelay.controller.logs.tail.LogsOnRealEngine;
import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.protocol.logs.LogPage;
import io.dockrelay.protocol.logs.ReadLogs;
import io.dockrelay.protocol.logs.ReadLogs.Anchor;

import static org.assertj.core.api.Assertions.assertThat;

/** Pages of a log while a program writes one line without end. All its chunks have one time. */
@OnRealEngine
class EndlessLineTest extends LogsOnRealEngine {

    private static final String PROGRESS =
            "awk 'BEGIN { for (;;) printf \"frame=%08d of a stream that never ends\\r\", i++ }'";

    EndlessLineTest(TestEngine real) {
        super(real);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 1_000})
    void newestPageHasTheNewestChunksAndNoDamage(int lines) {
        real.run("progress", PROGRESS);
        awaitLines("progress");

        LogPage page = page(ReadLogs.newest("progress", lines));

        assertThat(page.incomplete()).isNull();
        assertThat(page.lines().count()).isPositive();
        assertThat(texts(page)).allMatch(text -> text.contains("frame=") && text.contains("\r"));
    }

    @Test
    void chunksBeforeAPositionAreFound() {
        real.run("progress", PROGRESS);
        awaitLines("progress");
        LogPage newest = page(ReadLogs.newest("progress", 10));

        LogPage older = page(new ReadLogs("progress", Anchor.BEFORE, newest.first(), null, null, 10));

        assertThat(older.anchored()).isTrue();
        assertThat(older.incomplete()).isNull();
        assertThat(texts(older)).allMatch(text -> text.contains("frame="));
    }

    @Test
    void lineWithoutACarriageReturnIsCutOnce() {
        real.run(
                "zeros",
                "echo before; x() { head -c $1 /dev/zero | tr '\\0' x; }; x 20000000; while :; do x 16384; done");
        Awaitility.await("the cut line")
                .atMost(Duration.ofSeconds(20))
                .until(() -> texts(page(ReadLogs.newest("zeros", 10))).stream()
                        .anyMatch(text -> text.contains("cut by Dockrelay")));

        LogPage page = page(ReadLogs.newest("zeros", 10));

        assertThat(page.incomplete()).isNull();
        assertThat(texts(page)).hasSize(2).first().isEqualTo("before");
    }

    private void awaitLines(String container) {
        Awaitility.await("the first chunks of " + container)
                .atMost(Duration.ofSeconds(20))
                .until(() -> page(ReadLogs.newest(container, 1)).lines().count() > 0);
    }
}
