package io.dockrelay.controller.logs.tail;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.dockrelay.controller.logs.rotation.RotationFaults;
import io.dockrelay.controller.logs.rotation.RotationGuard;
import io.dockrelay.controller.logs.store.LoggedContainer;
import io.dockrelay.controller.logs.store.StoreReader;
import io.dockrelay.controller.testing.Waiting;
import io.dockrelay.docker.DockerHosts;
import io.dockrelay.docker.HttpDockerEngine;
import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.protocol.logs.Cursor;
import io.dockrelay.protocol.logs.GapReason;
import io.dockrelay.protocol.logs.ReadLogs;

import static org.assertj.core.api.Assertions.assertThat;

@OnRealEngine
class WindowSearchTest extends LogsOnRealEngine {

    WindowSearchTest(TestEngine real) {
        super(real);
    }

    /** Only the second window begins exactly at the entry: a log that grows fast needs the margin. */
    @Test
    void windowsOfAnUndamagedLogHaveAMarginButForOne() {
        WindowSearch search = search();

        for (int number = 1; number <= 6; number++) {
            WindowSearch.Result result = Waiting.await(search.next(false, false));
            assertThat(result)
                    .isInstanceOfSatisfying(
                            WindowSearch.Window.class,
                            window -> assertThat(window.byTime()).isTrue());
            int entries = ((WindowSearch.Window) result).entries();
            if (number == 2) {
                assertThat(entries).isLessThan(500);
            } else {
                assertThat(entries).as("window %d", number).isGreaterThan(4_096);
            }
        }
        assertThat(Waiting.await(search.next(false, false))).isEqualTo(new WindowSearch.Lost(GapReason.ROTATED));
    }

    /** The first window is a guess, which may begin after the entry. */
    @Test
    void windowsAreNotByTimeAfterOneThatHadTheEntryAndPassedItsTime() {
        WindowSearch search = search();

        assertThat(byTime(search, true)).isTrue();
        assertThat(byTime(search, false)).isTrue();
        assertThat(byTime(search, true)).as("after an exact one").isTrue();
        assertThat(byTime(search, true)).isFalse();
    }

    private static boolean byTime(WindowSearch search, boolean passedTime) {
        return ((WindowSearch.Window) Waiting.await(search.next(false, passedTime))).byTime();
    }

    private WindowSearch search() {
        runToEnd("web", "seq 1 500");
        awaitStored("web", "500");
        var store = new StoreReader(
                vertx, new HttpDockerEngine(vertx, DockerHosts.discover(Map.of("DOCKER_HOST", host()))));
        Cursor cursor = Cursor.decode(page(ReadLogs.newest("web", 50)).first());
        LoggedContainer container = Waiting.await(store.inspect(cursor.containerId()));
        var guard = new RotationGuard(container.fileBytes(), RotationFaults.ALL);
        return new WindowSearch(store, new StreamStart(container, guard, cursor, StreamStart.Reach.UNKNOWN));
    }
}
