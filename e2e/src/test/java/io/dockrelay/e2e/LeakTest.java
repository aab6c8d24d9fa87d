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

/** Many subscriptions, connections and restarts leave no objects, timers, sockets or memory behind. */
@Tag("engine")
class LeakTest {

    private static final int PAIRS = 1_000;
    private static final int BROWSERS = 200;
    private static final int RESTARTS = 50;
    private static final Duration SETTLES = Duration.ofSeconds(40);

    /** Connections that the engine's client keeps open for its next commands: the most that were used at once. */
    private static final int KEPT_ALIVE = 16;

    private static final String WRITE_LINES = "while :; do echo a line; sleep 0.05; done";

    @Test
    void closedSubscriptionsConnectionsAndRestartsLeaveNothing() {
        try (TestEngine engine = TestEngine.create()) {
            engine.run("web", WRITE_LINES);
            engine.run("db", WRITE_LINES);
            try (SplitDeployment deployment = SplitDeployment.open(engine)) {
                subscribeAndUnsubscribe(deployment, PAIRS / 10);
                connectAndDisconnect(deployment, BROWSERS / 10);
                long engineBefore = new Jvm(engine.pid()).sockets();
                Counts controller = Counts.of(deployment.controller().pid());
                Counts relay = Counts.of(deployment.relay().pid());

                subscribeAndUnsubscribe(deployment, PAIRS);
                connectAndDisconnect(deployment, BROWSERS);

                Counts.assertSettled("the controller", deployment.controller().pid(), controller);
                Counts.assertSettled("the relay", deployment.relay().pid(), relay);
                Await.until(
                        "engine streams are closed",
                        SETTLES,
                        () -> new Jvm(engine.pid()).sockets() <= engineBefore + KEPT_ALIVE);

                for (int i = 0; i < RESTARTS; i++) {
                    deployment.controller().kill();
                    deployment.startController();
                }
                deployment.awaitConnected();

                Counts.assertSettled(
                        "the relay after " + RESTARTS + " restarts",
                        deployment.relay().pid(),
                        relay);
                Counts.assertSettled("a new controller", deployment.controller().pid(), controller);
                Await.until(
                        "engine streams are closed",
                        SETTLES,
                        () -> new Jvm(engine.pid()).sockets() <= engineBefore + KEPT_ALIVE);
            }
        }
    }

    private static void subscribeAndUnsubscribe(SplitDeployment deployment, int pairs) {
        try (WireClient browser = deployment.browser("web");
                WireClient direct = deployment.controllerClient()) {
            for (int i = 0; i < pairs; i++) {
                String container = i % 2 == 0 ? "web" : "db";
                WireClient client = i % 4 < 2 ? browser : direct;
                int seen = client.mark();
                client.subscribe(container, 1);
                if (i % 8 < 4) {
                    // Half of them unsubscribe after the stream is open, half while it opens.
                    client.awaitAfter(seen, "its snapshot", Await.DEFAULT, WireClient.ofType("log_snapshot"));
                }
                client.unsubscribe(container);
            }
        }
    }

    private static void connectAndDisconnect(SplitDeployment deployment, int browsers) {
        for (int i = 0; i < browsers; i++) {
            try (WireClient browser = deployment.browser("web")) {
                browser.subscribe("web", 5);
                if (i % 2 == 0) {
                    browser.abort();
                }
            }
        }
    }

    /** Objects and resources that one JVM holds. */
    private record Counts(long tailers, long channels, long sessions, long timers, long sockets, long bytes) {

        static Counts of(long pid) {
            var jvm = new Jvm(pid);
            return new Counts(
                    jvm.instances(existing("io.dockrelay.controller.logs.tail.LogTailer")),
                    jvm.instances(existing("io.dockrelay.relay.channel.LogChannel")),
                    jvm.instances(existing("io.dockrelay.relay.browser.BrowserSession")),
                    jvm.instances(existing("io.vertx.core.impl.VertxImpl$InternalTimerHandler")),
                    jvm.sockets(),
                    jvm.liveBytes());
        }

        /** Fails when the class was renamed: its instances would count as 0 for ever. */
        private static String existing(String className) {
            try {
                return Class.forName(className, false, LeakTest.class.getClassLoader())
                        .getName();
            } catch (ClassNotFoundException renamed) {
                throw new AssertionError("There is no class " + className + "; use its new name", renamed);
            }
        }

        static void assertSettled(String what, long pid, Counts before) {
            try {
                Await.until(what + " holds no more than before", SETTLES, () -> of(pid).atMost(before));
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
