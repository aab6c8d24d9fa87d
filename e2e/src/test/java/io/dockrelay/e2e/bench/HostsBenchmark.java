package io.dockrelay.e2e.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.vertx.core.Vertx;

import io.dockrelay.e2e.harness.Await;
import io.dockrelay.e2e.harness.Rest;
import io.dockrelay.e2e.harness.ScriptedHost;
import io.dockrelay.e2e.harness.ScriptedHost.Conduct;

/**
 * One relay with 1, 10 and 50 hosts of 200 containers each, and 100 browsers. The hosts are scripted, in the bench's process;
 * of the 50, one floods, one sends garbage and one greets after half a minute. Measures the time from the relay's port being
 * open to the whole list of the other hosts, the delay of a change from the host to a browser, and the relay's CPU and memory.
 */
final class HostsBenchmark implements Benchmark {

    private static final String PART = "hosts";
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int CONTAINERS = 200;
    private static final int BROWSERS = 100;
    private static final List<Conduct> BAD = List.of(Conduct.FLOODS, Conduct.SENDS_GARBAGE, Conduct.GREETS_LATE);

    /** The relay sends a change to a browser at once, and the next one 100 ms later at the earliest. */
    private static final Duration APART = Duration.ofMillis(250);

    private record Cost(int hosts, double firstSeconds, Percentiles delays, double cpu, double megabytes) {}

    @Override
    public void run(BenchContext stage, Report report) throws Exception {
        List<Cost> costs = new ArrayList<>();
        for (int hosts : stage.quick() ? List.of(1, 2, 5) : List.of(1, 10, 50)) {
            boolean most = hosts == (stage.quick() ? 5 : 50);
            costs.add(measure(stage, hosts, most ? BAD : List.of()));
        }
        Cost one = costs.getFirst();
        for (Cost cost : costs) {
            boolean misbehaving = cost.equals(costs.getLast());
            String name = cost.hosts() + " hosts" + (misbehaving ? ", three misbehaving" : "");
            String with = "with one host";
            report.add(Figure.of(PART, name + ", first whole list after", cost.firstSeconds(), "s")
                    .beside(with, one.firstSeconds()));
            report.add(Figure.of(
                            PART,
                            name + ", change to browser, p50",
                            cost.delays().p50(),
                            "ms")
                    .beside(with, one.delays().p50()));
            report.add(Figure.of(
                            PART,
                            name + ", change to browser, p99",
                            cost.delays().p99(),
                            "ms")
                    .beside(with, one.delays().p99()));
            report.add(Figure.of(PART, name + ", our CPU", cost.cpu(), "% of a core")
                    .beside(with, one.cpu()));
            report.add(Figure.of(PART, name + ", resident memory", cost.megabytes(), "MB")
                    .beside(with, one.megabytes()));
        }
    }

    private static Cost measure(BenchContext stage, int count, List<Conduct> bad) throws IOException {
        Vertx good = Vertx.vertx();
        Vertx misbehaving = Vertx.vertx();
        try {
            List<ScriptedHost> hosts = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int ofBad = i - (count - bad.size());
                Conduct conduct = ofBad < 0 ? Conduct.GOOD : bad.get(ofBad);
                Vertx thread = ofBad < 0 ? good : misbehaving;
                var host = new ScriptedHost(thread, "host-" + i, CONTAINERS, conduct, Map.of());
                host.start();
                hosts.add(host);
            }
            return measure(stage, hosts, count - bad.size());
        } finally {
            close(good);
            close(misbehaving);
        }
    }

    private static Cost measure(BenchContext stage, List<ScriptedHost> hosts, int good) throws IOException {
        Map<String, String> environment = stage.environment();
        environment.put("CONTROLLER_WS", urls("ws", hosts));
        environment.put("CONTROLLER_API", urls("http", hosts));
        List<TextReader> browsers = new ArrayList<>();
        try (StartedProgram relay = StartedProgram.launchRelay(environment)) {
            relay.awaitListening();
            double first = seconds(() -> awaitList(relay.port(), good));
            for (int i = 0; i < stage.count(BROWSERS, 5); i++) {
                TextReader browser = TextReader.ofBrowser(relay.port(), null);
                browsers.add(browser);
                browser.send("{\"type\":\"hello\",\"features\":[\"deltas\"]}");
            }
            BenchContext.pass(stage.seconds(10));
            Percentiles delays = delays(stage, hosts.subList(0, good), browsers.getLast());
            double before = relay.use().cpuSeconds();
            Duration period = stage.seconds(20);
            BenchContext.pass(period);
            double cpu = (relay.use().cpuSeconds() - before) / (period.toMillis() / 1_000.0) * 100;
            return new Cost(hosts.size(), first, delays, cpu, relay.use().residentMegabytes());
        } finally {
            for (TextReader browser : browsers) {
                browser.close();
            }
        }
    }

    private static Percentiles delays(BenchContext stage, List<ScriptedHost> hosts, TextReader browser) {
        long[] delays = new long[stage.count(100, 3)];
        for (int i = 0; i < delays.length; i++) {
            BenchContext.pass(APART);
            ScriptedHost host = hosts.get(i % hosts.size());
            int container = i % CONTAINERS;
            browser.expect(Pattern.compile(
                    "\"name\":\"" + ScriptedHost.name(container) + "\"[^}]*\"controller\":\"" + host.id() + "\""));
            long changed = WallClock.nanoOfDay();
            host.change(container);
            delays[i] = Math.max(0, browser.await(PATIENCE).nanoOfDay() - changed);
        }
        return Percentiles.ofNanos(delays);
    }

    private static void awaitList(int port, int good) {
        var rest = new Rest("http://127.0.0.1:" + port);
        Await.until("the lists of " + good + " hosts", PATIENCE, () -> {
            int listed = 0;
            for (var link : rest.get("/api/controllers").json().path("controllers")) {
                listed += link.path("state").asText().equals("connected") ? 1 : 0;
            }
            return listed >= good
                    && rest.get("/api/data").json().path("containers").size() >= good * CONTAINERS;
        });
    }

    private static double seconds(Runnable step) {
        long start = System.nanoTime();
        step.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private static String urls(String scheme, List<ScriptedHost> hosts) {
        return hosts.stream()
                .map(host -> scheme + "://127.0.0.1:" + host.port())
                .collect(Collectors.joining(","));
    }

    private static void close(Vertx vertx) {
        Object unused = vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }
}
