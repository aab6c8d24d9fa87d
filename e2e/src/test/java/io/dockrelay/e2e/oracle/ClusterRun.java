package io.dockrelay.e2e.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.dockrelay.e2e.harness.Await;
import io.dockrelay.e2e.harness.Checkout;
import io.dockrelay.e2e.oracle.FaultPlan.Planned;

/**
 * One run of the oracle across three JVMs in a cluster: browsers that go from one relay to the other with their cursors, while
 * members are killed, paused, cut off and restarted. Blocking, on the caller's thread.
 */
final class ClusterRun {

    private static final Duration CALMING = Duration.ofSeconds(20);
    private static final Duration FRESH = Duration.ofMinutes(2);
    private static final Duration LEAVING = Duration.ofSeconds(30);

    /** The last lines may be parts of a line that is still being written. */
    private static final int TAIL = 3;

    private final long seed;
    private final Duration length;
    private final Path folder;
    private final FaultLog faultLog = new FaultLog();
    private final List<String> problems = new ArrayList<>();
    private final Map<String, Line> fresh = new LinkedHashMap<>();
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final List<Browser> browsers = new ArrayList<>();
    private Containers containers;
    private ClusteredDeployment deployment;
    private GapFiller filler;

    ClusterRun(long seed, Duration length) {
        this.seed = seed;
        this.length = length;
        this.folder = Checkout.root().resolve("e2e/target/oracle/cluster-" + seed);
    }

    Verdict verdict() {
        System.out.println("[cluster oracle] seed " + seed + ", " + length.toSeconds() + " s");
        try {
            Files.createDirectories(folder);
            open();
            faults();
            freshLines();
            leave();
            filler.finish();
            return judge();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            close();
        }
    }

    private void open() {
        containers = started(Containers.start(folder));
        deployment = started(ClusteredDeployment.open(containers.engine(), folder));
        filler = started(new GapFiller(deployment.api("r1")));
        Timers timers = started(new Timers());
        var random = new Random(seed);
        for (String name : List.of("one", "two", "three", "four")) {
            var browser = started(new Browser(
                    name, deployment::nextSocket, Service.names(), timers, filler, new Random(random.nextLong())));
            browsers.add(browser);
            timers.everySecond(browser::checkSilence);
            browser.connect();
        }
        Await.until(
                "every log has begun",
                Duration.ofMinutes(1),
                () -> reports().stream().allMatch(report -> report.lines() > 0));
    }

    private void faults() {
        FaultPlan plan = FaultPlan.draw(seed, length.minus(CALMING), FaultKind.clustered());
        var faults = new ClusterFaults(deployment, containers, browsers, faultLog);
        long began = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> happening = new ArrayList<>();
            for (Planned planned : plan.faults()) {
                happening.add(threads.submit(() -> {
                    at(began + planned.atMillis() * 1_000_000);
                    faults.inject(planned);
                }));
            }
            for (Future<?> fault : happening) {
                try {
                    fault.get();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } catch (ExecutionException e) {
                    throw new AssertionError("A fault could not be injected", e.getCause());
                }
            }
        }
    }

    /** Each browser receives a line that was stored after the last fault, of each log. */
    private void freshLines() {
        Map<String, ExpectedLog> stored = new LinkedHashMap<>();
        for (String service : Service.names()) {
            int calm = stored(service).size();
            ExpectedLog more = Await.await("a fresh line of " + service, Await.DEFAULT, () -> {
                ExpectedLog now = stored(service);
                return now.size() > calm + TAIL ? now : null;
            });
            stored.put(service, more);
            fresh.put(service, more.at(more.size() - TAIL).line());
        }
        long deadline = System.nanoTime() + FRESH.toNanos();
        for (Report report : reports()) {
            try {
                Await.until(
                        "a fresh line of " + report.service() + " at " + report.browser(),
                        Duration.ofNanos(Math.max(0, deadline - System.nanoTime())),
                        () -> report.last() != null
                                && stored.get(report.service()).reaches(report.last(), fresh.get(report.service())));
            } catch (AssertionError stuck) {
                problems.add(stuck.getMessage());
            }
        }
    }

    /** After the last unsubscribe the engine has no reader left. */
    private void leave() {
        browsers.forEach(Browser::unsubscribe);
        try {
            Await.until(
                    "the engine has no reader left",
                    LEAVING,
                    () -> browsers.stream().allMatch(Browser::isUnsubscribed)
                            && deployment.followed().isEmpty());
        } catch (AssertionError still) {
            problems.add(still.getMessage() + "; these logs are still followed: " + deployment.followed());
        }
        browsers.forEach(browser -> browser.logs().forEach(FollowedLog::end));
    }

    private Verdict judge() {
        Map<String, Tally> tallies = new LinkedHashMap<>();
        for (Report report : reports()) {
            ExpectedLog expected = stored(report.service()).dueUntil(fresh.get(report.service()));
            tallies.merge(report.browser(), Judge.judge(expected, report, System.nanoTime()), Tally::plus);
        }
        return new Verdict(
                seed, false, folder, tallies, problems, faultLog, Resumes.of(reports(), faultLog), List.of());
    }

    private ExpectedLog stored(String service) {
        return containers.store().stored(service);
    }

    private List<Report> reports() {
        return browsers.stream()
                .flatMap(browser -> browser.logs().stream())
                .map(FollowedLog::report)
                .toList();
    }

    private void close() {
        while (!running.isEmpty()) {
            AutoCloseable last = running.pop();
            try {
                last.close();
            } catch (Exception e) {
                System.out.println(last.getClass().getSimpleName() + " did not close: " + e);
            }
        }
    }

    private <T extends AutoCloseable> T started(T started) {
        running.push(started);
        return started;
    }

    private static void at(long moment) {
        try {
            TimeUnit.NANOSECONDS.sleep(moment - System.nanoTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
