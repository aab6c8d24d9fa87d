package io.dockrelay.e2e;

import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.e2e.harness.Await;
import io.dockrelay.e2e.harness.Jvm;
import io.dockrelay.e2e.harness.SplitDeployment;
import io.dockrelay.e2e.harness.WireClient;

import static org.assertj.core.api.Assertions.assertThat;

/** After much coming and going there is as much of everything as there was before. */
@Tag("engine")
class LeakTest {

    private static final int PAIRS = 1_000;
    private static final int BROWSERS = 200;
    private static final int RESTARTS = 50;
    private static final Duration SETTLES = Duration.ofSeconds(40);

    /** Connections that the engine's client keeps for its next commands: as many as were needed at once. */
    private static final int KEPT_ALIVE = 16;

    private static final String CHATTER = "while :; do echo a line; sleep 0.05; done";

    @Test
    void subscriptionsBrowsersAndControllersComeAndGoAndLeaveNothing() {
        try (TestEngine engine = TestEngine.create()) {
            engine.run("web", CHATTER);
            engine.run("db", CHATTER);
            try (SplitDeployment house = SplitDeployment.open(engine)) {
                subscribeAndUnsubscribe(house, PAIRS / 10);
                comeAndGo(house, BROWSERS / 10);
                long engineBefore = new Jvm(engine.pid()).sockets();
                Counts controller = Counts.of(house.controller().pid());
                Counts relay = Counts.of(house.relay().pid());

                subscribeAndUnsubscribe(house, PAIRS);
                comeAndGo(house, BROWSERS);

                Counts.assertSettled("the controller", house.controller().pid(), controller);
                Counts.assertSettled("the relay", house.relay().pid(), relay);
                Await.until(
                        "engine streams are closed",
                        SETTLES,
                        () -> new Jvm(engine.pid()).sockets() <= engineBefore + KEPT_ALIVE);

                for (int i = 0; i < RESTARTS; i++) {
                    house.controller().kill();
                    house.startController();
                }
                house.awaitConnected();

                Counts.assertSettled(
                        "the relay after " + RESTARTS + " restarts",
                        house.relay().pid(),
                        relay);
                Counts.assertSettled("a new controller", house.controller().pid(), controller);
                Await.until(
                        "engine streams are closed",
                        SETTLES,
                        () -> new Jvm(engine.pid()).sockets() <= engineBefore + KEPT_ALIVE);
            }
        }
    }

    private static void subscribeAndUnsubscribe(SplitDeployment house, int pairs) {
        try (WireClient browser = house.browser("web");
                WireClient direct = house.controllerClient()) {
            for (int i = 0; i < pairs; i++) {
                String container = i % 2 == 0 ? "web" : "db";
                WireClient client = i % 4 < 2 ? browser : direct;
                int seen = client.mark();
                client.subscribe(container, 1);
                if (i % 8 < 4) {
                    // Half of them wait for the stream to be open, half leave while it opens.
                    client.awaitAfter(seen, "its snapshot", Await.USUAL, WireClient.ofType("log_snapshot"));
                }
                client.unsubscribe(container);
            }
        }
    }

    private static void comeAndGo(SplitDeployment house, int browsers) {
        for (int i = 0; i < browsers; i++) {
            try (WireClient browser = house.browser("web")) {
                browser.subscribe("web", 5);
                if (i % 2 == 0) {
                    browser.abort();
                }
            }
        }
    }

    /** How much of everything one JVM holds. */
    private record Counts(long tailers, long channels, long sessions, long timers, long sockets, long bytes) {

        static Counts of(long pid) {
            var jvm = new Jvm(pid);
            return new Counts(
                    jvm.instances("io.dockrelay.controller.logs.LogTailer"),
                    jvm.instances("io.dockrelay.relay.channel.LogChannel"),
                    jvm.instances("io.dockrelay.relay.browser.BrowserSession"),
                    jvm.instances("io.vertx.core.impl.VertxImpl$InternalTimerHandler"),
                    jvm.sockets(),
                    jvm.liveBytes());
        }

        static void assertSettled(String what, long pid, Counts before) {
            try {
                Await.until(what + " holds what it held", SETTLES, () -> of(pid).atMost(before));
            } catch (AssertionError e) {
                assertThat(of(pid)).as(what).isEqualTo(before);
                throw e;
            }
        }

        private boolean atMost(Counts before) {
            return tailers <= before.tailers
                    && channels <= before.channels
                    && sessions <= before.sessions
                    && timers <= before.timers
                    && sockets <= before.sockets + KEPT_ALIVE
                    && bytes <= before.bytes * 1.1;
        }
    }
}
