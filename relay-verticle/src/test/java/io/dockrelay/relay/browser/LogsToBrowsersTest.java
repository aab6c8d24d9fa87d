package io.dockrelay.relay.browser;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.dockrelay.listener.HttpListener;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.rights.Rights;
import io.dockrelay.protocol.state.ChangeReason;
import io.dockrelay.protocol.wire.ClientMessage.SubscribeLogs;
import io.dockrelay.relay.BusController;
import io.dockrelay.relay.Page;
import io.dockrelay.relay.Soon;
import io.dockrelay.relay.channel.LogSink;
import io.dockrelay.relay.channel.LogSubscription;
import io.dockrelay.relay.fleet.FleetWatch;
import io.dockrelay.relay.view.FleetViews;
import io.dockrelay.settings.AccessSettings;
import io.dockrelay.settings.ClientLimits;
import io.dockrelay.settings.Limits;
import io.dockrelay.settings.ListenAddress;

import static io.dockrelay.relay.fleet.Containers.container;
import static io.dockrelay.relay.fleet.Containers.idOf;
import static io.dockrelay.relay.fleet.Containers.running;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The logs that a browser follows, by any of their names; the logs themselves are scripted. */
class LogsToBrowsersTest {

    private static final int MOST = 3;

    /** Logs of all pages together: they have one address. */
    private static final int MOST_OF_ADDRESS = 5;

    private static final ClientLimits LIMITS = new ClientLimits(
            Integer.MAX_VALUE,
            MOST_OF_ADDRESS,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE);

    private final List<Tail> tails = new CopyOnWriteArrayList<>();
    private final List<Page> pages = new CopyOnWriteArrayList<>();
    private final LaterClock clock = new LaterClock();
    private Vertx vertx;
    private Context context;
    private Browsers browsers;
    private BusController controller;
    private int port;

    @BeforeEach
    void open() {
        vertx = Vertx.vertx();
        context = vertx.getOrCreateContext();
        port = Soon.get(on(this::listen));
        controller = new BusController(vertx, "a", running("web"), running("db"), running("app"));
    }

    @AfterEach
    void close() {
        pages.forEach(Page::close);
        Soon.done(vertx.close());
    }

    @Test
    void allNamesOfAContainerAreOneSubscription() {
        Page page = page();
        page.subscribe("web");
        page.subscribe("shop-web");
        page.subscribe(idOf("web"));
        page.subscribe("a/web");
        page.settle("done");

        assertThat(tails).hasSize(4);
        assertThat(tails).extracting(tail -> tail.request.container()).containsOnly("web");
        assertThat(tails).extracting(tail -> tail.controller).containsOnly("a");
        assertThat(followed()).hasSize(1);

        page.send("{\"type\":\"unsubscribe_logs\",\"container\":\"shop-web\"}");
        page.send("{\"type\":\"unsubscribe_logs\",\"container\":\"never-was\"}");
        page.settle("over");
        assertThat(followed()).isEmpty();
        assertThat(page.received("error")).isEmpty();
    }

    @Test
    void oneContainerHasASubscriptionPerSub() {
        Page page = page();
        page.send("{\"type\":\"subscribe_logs\",\"container\":\"web\",\"sub\":\"left\",\"lines\":5}");
        page.send("{\"type\":\"subscribe_logs\",\"container\":\"web\",\"sub\":\"right\",\"lines\":0}");
        page.settle("both");
        assertThat(followed()).extracting(tail -> tail.request.lines()).containsExactly(5, 0);

        page.send("{\"type\":\"unsubscribe_logs\",\"container\":\"web\",\"sub\":\"left\"}");
        page.settle("one");
        assertThat(followed()).extracting(tail -> tail.request.sub()).containsExactly("right");
    }

    @Test
    void browserGetsOnlyTheLogsItSubscribed() {
        Page one = page();
        Page other = page();
        one.subscribe("web");
        one.settle("one");
        frame(tails.getFirst(), "{\"type\":\"new_logs\",\"container\":\"web\",\"logs\":[\"x\"]}");

        assertThat(one.awaitType("new_logs").path("logs")).hasSize(1);
        other.settle("other");
        assertThat(other.received("new_logs")).isEmpty();
    }

    @Test
    void nameOnTwoControllersNeedsTheController() {
        BusController second = new BusController(vertx, "b", running("web"));
        Page page = page();
        page.expect("both", message -> message.path("containers").size() == 4);

        page.subscribe("web");
        JsonNode error = page.awaitType("error");
        assertThat(error.path("code").asText()).isEqualTo("bad_request");
        assertThat(error.path("message").asText()).contains("a and b").contains("a/web");

        page.subscribe("b/web");
        page.settle("done");
        assertThat(followed()).extracting(tail -> tail.controller).containsExactly("b");
        second.close();
    }

    @Test
    void unknownNameIsRefusedUnlessTheSubscriptionWaits() {
        Page page = page();
        page.subscribe("later");
        JsonNode error = page.awaitType("error");
        assertThat(error.path("code").asText()).isEqualTo("no_such_container");
        assertThat(error.path("container").asText()).isEqualTo("later");
        assertThat(error.path("request").asText()).isEqualTo("subscribe_logs");

        page.send("{\"type\":\"subscribe_logs\",\"container\":\"later\",\"wait\":true,\"sub\":\"s\"}");
        assertThat(page.awaitType("log_snapshot").path("logs")).isEmpty();
        assertThat(page.awaitType("log_state").path("state").asText()).isEqualTo("waiting");
        assertThat(tails).isEmpty();

        controller.becomes(running("later"), ChangeReason.CREATED);
        page.expect("the news", message -> message.path("containers").size() == 4);
        page.settle("there");
        assertThat(followed()).extracting(tail -> tail.request.sub()).containsExactly("s");
    }

    @Test
    void waitingSubscriptionCanBeUnsubscribed() {
        Page page = page();
        page.send("{\"type\":\"subscribe_logs\",\"container\":\"later\",\"wait\":true}");
        page.send("{\"type\":\"unsubscribe_logs\",\"container\":\"later\"}");
        page.settle("over");
        controller.becomes(running("later"), ChangeReason.CREATED);
        page.expect("the news", message -> message.path("containers").size() == 4);
        page.settle("there");

        assertThat(tails).isEmpty();
    }

    @Test
    void unsubscribingWhileTheControllerIsAwayCounts() {
        Page page = page();
        page.subscribe("web");
        page.subscribe("db");
        page.settle("both");
        controller.leaves();
        page.expect("its absence", message -> message.path("state").asText().equals("waiting"));

        page.send("{\"type\":\"unsubscribe_logs\",\"container\":\"web\"}");
        page.settle("over");
        assertThat(followed()).extracting(tail -> tail.request.container()).containsExactly("db");
    }

    @Test
    void renamedContainerIsUnsubscribedByItsNewName() {
        Page page = page();
        page.subscribe("web");
        page.settle("subscribed");
        tails.getFirst().name = "shop";
        controller.becomes(container("shop", idOf("web"), running("web").status(), null, "Up"), ChangeReason.RENAMED);
        page.expect("its name", message -> message.path("changes").size() == 1);

        page.send("{\"type\":\"unsubscribe_logs\",\"container\":\"shop\"}");
        page.settle("over");
        assertThat(followed()).isEmpty();
    }

    @Test
    void failedSubscriptionIsReportedAndMakesRoom() {
        Page page = page();
        page.send("{\"type\":\"subscribe_logs\",\"container\":\"web\",\"sub\":\"s\"}");
        page.settle("subscribed");
        LogSink sink = tails.getFirst().sink;
        context.runOnContext(go -> sink.failed(new Refusal(RefusalKind.NO_SUCH_CONTAINER, "it is gone")));

        JsonNode error = page.awaitType("error");
        assertThat(error.path("code").asText()).isEqualTo("no_such_container");
        assertThat(error.path("sub").asText()).isEqualTo("s");
        assertThat(Soon.get(on(() -> Future.succeededFuture(browsers.subscriptions()))))
                .isZero();
    }

    @Test
    void failedLogOfASilentPageMakesRoomForOthersOfItsAddress() {
        Page silent = page();
        List.of("web", "db", "app").forEach(silent::subscribe);
        silent.settle("three logs");
        Page other = page();
        List.of("web", "db").forEach(other::subscribe);
        other.settle("all logs of the address");
        other.subscribe("app");
        assertThat(other.awaitType("error").path("code").asText()).isEqualTo("too_many_subscriptions");

        LogSink sink = tails.getFirst().sink;
        context.runOnContext(go -> sink.failed(new Refusal(RefusalKind.NO_SUCH_CONTAINER, "it is gone")));
        other.subscribe("app");
        other.settle("the place of the failed one");

        assertThat(tails).hasSize(MOST_OF_ADDRESS + 1);
        assertThat(other.received("error")).hasSize(1);
    }

    @Test
    void oneSubscriptionTooManyClosesTheConnectionWithAReason() {
        Page page = page();
        for (String name : List.of("web", "db", "app")) {
            page.subscribe(name);
        }
        page.subscribe("web");
        page.settle("as many as allowed");
        assertThat(page.received("error")).isEmpty();

        page.send("{\"type\":\"subscribe_logs\",\"container\":\"web\",\"sub\":\"more\"}");
        assertThat(page.awaitType("error").path("code").asText()).isEqualTo("too_many_subscriptions");
        assertThat(page.awaitClose()).isEqualTo((short) 4001);
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> followed().isEmpty());
    }

    @Test
    void browserThatLeavesReleasesEverything() {
        Page page = page();
        page.subscribe("web");
        page.subscribe("db");
        page.settle("both");
        assertThat(followed()).hasSize(2);

        page.close();

        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> followed().isEmpty());
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> Soon.get(on(() -> Future.succeededFuture(browsers.size()))) == 0);
    }

    @Test
    void slowBrowserDelaysNoOtherAndCatchesUpWithTheNewestList() {
        Page slow = page();
        Page quick = page();
        slow.subscribe("web");
        slow.settle("subscribed");
        slow.freeze();
        LogSink sink = tails.getFirst().sink;
        byte[] big = ("{\"type\":\"new_logs\",\"logs\":[\"" + "x".repeat(500_000) + "\"]}").getBytes(UTF_8);
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> fill(sink, big));

        for (int i = 0; i < 5; i++) {
            controller.becomes(running("new-" + i), ChangeReason.CREATED);
        }
        quick.expect("the newest list", message -> message.path("containers").size() == 8);
        int heard = slow.received("container_update").size();
        slow.thaw();

        slow.expect("the newest list", message -> message.path("containers").size() == 8);
        assertThat(slow.received("container_update").size() - heard).isLessThanOrEqualTo(2);
        assertThat(slow.received("container_update").getLast().path("changes")).hasSize(5);
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> tails.getFirst().drains > 0);
    }

    @Test
    void floodLeavesRoomForTheOtherLogsOfABrowser() {
        Page slow = page();
        slow.subscribe("web");
        slow.subscribe("db");
        slow.settle("subscribed");
        slow.freeze();
        Tail flood = tails.get(0);
        Tail quiet = tails.get(1);
        byte[] big = ("{\"type\":\"new_logs\",\"logs\":[\"" + "x".repeat(500_000) + "\"]}").getBytes(UTF_8);
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> fill(flood.sink, big));
        var given = new AtomicInteger();
        flood.onDrained = () -> {
            while (!flood.sink.full() && given.get() < 60) {
                given.incrementAndGet();
                flood.sink.frame(big);
            }
        };

        slow.thaw();

        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> quiet.drains > 0);
        assertThat(given.get()).isLessThan(60);
    }

    @Test
    void stuckBrowserIsClosedAndReleasesEverything() {
        Page stuck = page();
        Page quick = page();
        stuck.subscribe("web");
        stuck.settle("subscribed");
        stuck.freeze();
        LogSink sink = tails.getFirst().sink;
        byte[] big = ("{\"type\":\"new_logs\",\"logs\":[\"" + "x".repeat(500_000) + "\"]}").getBytes(UTF_8);
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> fill(sink, big));

        Soon.done(on(this::lookForStuck));
        assertThat(followed()).hasSize(1);
        clock.passes(BrowserOutput.PATIENCE.plusSeconds(1));
        Soon.done(on(this::lookForStuck));

        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> followed().isEmpty());
        assertThat(Soon.get(on(() -> Future.succeededFuture(browsers.size())))).isEqualTo(1);
        quick.settle("served");
        stuck.thaw();
    }

    private Future<Void> lookForStuck() {
        browsers.closeStuck();
        return Future.succeededFuture();
    }

    private boolean fill(LogSink sink, byte[] frame) {
        return Soon.get(on(() -> {
            if (!sink.full()) {
                sink.frame(frame);
            }
            return Future.succeededFuture(sink.full());
        }));
    }

    private void frame(Tail tail, String json) {
        context.runOnContext(go -> tail.sink.frame(json.getBytes(UTF_8)));
    }

    private Page page() {
        Page page = new Page(vertx, port, "/ws");
        pages.add(page);
        page.expect("the list", message -> message.path("containers").size() >= 3);
        return page;
    }

    private List<Tail> followed() {
        return tails.stream().filter(tail -> !tail.closed).toList();
    }

    private Future<Integer> listen() {
        FleetWatch fleet = new FleetWatch(vertx, Bus.of(vertx), Clock.systemUTC());
        browsers = new Browsers(
                vertx,
                Bus.of(vertx),
                new BrowserContext(new FleetViews(fleet, Rights.OPEN), this::subscribe, clock, MOST),
                "test");
        fleet.onUpdate(browsers::fleetUpdated);
        browsers.start();
        HttpListener listener = new HttpListener(
                        vertx,
                        new ListenAddress("127.0.0.1", 0, "port", "bind"),
                        new AccessSettings(List.of(), List.of(), List.of(), "hosts", "origins", "proxies"),
                        new Limits(100, MOST, 100, LIMITS))
                .webSockets(java.util.Set.of("/ws"), browsers::enter);
        return fleet.start().compose(watching -> listener.open());
    }

    private LogSubscription subscribe(String controllerId, SubscribeLogs request, LogSink sink) {
        Tail tail = new Tail(controllerId, request, sink);
        tails.add(tail);
        return tail;
    }

    private <T> Future<T> on(java.util.function.Supplier<Future<T>> task) {
        io.vertx.core.Promise<T> promise = io.vertx.core.Promise.promise();
        context.runOnContext(go -> task.get().onComplete(promise));
        return promise.future();
    }

    /** A scripted subscription, in place of a channel's. */
    private static final class Tail implements LogSubscription {

        private final String controller;
        private final SubscribeLogs request;
        private final LogSink sink;
        private volatile String name;
        private volatile boolean closed;
        private volatile int drains;
        private volatile Runnable onDrained = () -> {};

        Tail(String controller, SubscribeLogs request, LogSink sink) {
            this.controller = controller;
            this.request = request;
            this.sink = sink;
            this.name = request.container();
        }

        @Override
        public String controller() {
            return controller;
        }

        @Override
        public String container() {
            return name;
        }

        @Override
        public void drained() {
            drains = 1;
            onDrained.run();
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** The system clock with an offset that a test sets. */
    private static final class LaterClock extends Clock {

        private volatile Duration ahead = Duration.ZERO;

        void passes(Duration time) {
            ahead = time;
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
