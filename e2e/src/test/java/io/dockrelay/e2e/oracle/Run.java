package io.dockrelay.e2e.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
 * One run of the oracle: starts everything, injects the faults of the plan, waits until a fresh line of each log has
 * reached each browser, ends all subscriptions, and judges. Blocking, on the caller's thread.
 */
final class Run {

    private static final Duration CALMING = Duration.ofSeconds(35);
    private static final Duration FRESH = Duration.ofSeconds(90);
    private static final Duration LEAVING = Duration.ofSeconds(20);
    private static final long PROGRESS_SECONDS = 15;

    /** The last lines may be parts of a line that is still being written. */
    private static final int TAIL = 3;

    private final long seed;
    private final Duration length;
    private final boolean together;
    private final Path folder;
    private final FaultLog faultLog = new FaultLog();
    private final MemoryReport memory = new MemoryReport();
    private final List<String> problems = new ArrayList<>();
    private final Map<String, Line> fresh = new LinkedHashMap<>();

    /**
     * @param length of the faults and the calm after them, at least two minutes
     * @param together whether relay and controller run in one JVM
     */
    Run(long seed, Duration length, boolean together) {
        this.seed = seed;
        this.length = length;
        this.together = together;
        this.folder = Checkout.root().resolve("e2e/target/oracle/" + seed);
    }

    /** Runs everything; afterwards only the files in its folder are left. */
    Verdict verdict() {
        log("seed " + seed + ", " + length.toSeconds() + " s, "
                + (together ? "one JVM" : "controller and relay in separate processes"));
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (var setup = OracleSetup.open(folder, together, new Random(seed))) {
            log("everything runs");
            faults(setup);
            log("calm again");
            freshLines(setup);
            memory.atTheEnd(setup.deployment(), folder);
            unsubscribeAll(setup);
            setup.watchers().forEach(watcher -> watcher.logs().forEach(FollowedLog::end));
            setup.filler().finish();
            return judge(setup);
        }
    }

    private void faults(OracleSetup setup) {
        FaultPlan plan = FaultPlan.draw(seed, length.minus(CALMING));
        var faults = new Faults(setup.deployment(), setup.containers(), setup.scripted(), setup.browsers(), faultLog);
        long began = System.nanoTime();
        long joins = length.toNanos() / 4;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> happening = new ArrayList<>();
            happening.add(threads.submit(() -> at(began + joins, setup.late()::connect)));
            for (Planned planned : plan.faults()) {
                happening.add(
                        threads.submit(() -> at(began + planned.atMillis() * 1_000_000, () -> faults.inject(planned))));
            }
            for (long second = 1; happening.stream().anyMatch(fault -> !fault.isDone()); second++) {
                at(began + second * 1_000_000_000L, () -> {});
                memory.sample(setup.deployment());
                if (second % PROGRESS_SECONDS == 0) {
                    log(faultLog.sum() + " faults, " + seen(setup) + " lines seen");
                }
            }
            happening.forEach(Run::succeeded);
        }
    }

    private static long seen(OracleSetup setup) {
        return setup.reports().stream().mapToLong(Report::lines).sum();
    }

    /**
     * Waits until each browser has received a line that was stored after the last fault, or a later one, of each log.
     */
    private void freshLines(OracleSetup setup) {
        Map<String, Integer> calm = new LinkedHashMap<>();
        OracleSetup.services()
                .forEach(service -> calm.put(service, setup.stored(service).size()));
        Map<String, ExpectedLog> stored = new LinkedHashMap<>();
        for (String service : OracleSetup.services()) {
            ExpectedLog more = Await.await("a fresh line of " + service, Await.DEFAULT, () -> {
                ExpectedLog now = setup.stored(service);
                return now.size() > calm.get(service) + TAIL ? now : null;
            });
            stored.put(service, more);
            fresh.put(service, more.at(more.size() - TAIL).line());
        }
        long deadline = System.nanoTime() + FRESH.toNanos();
        for (Report report : setup.reports()) {
            Line wanted = fresh.get(report.service());
            ExpectedLog expected = stored.get(report.service());
            try {
                Await.until(
                        "a fresh line of " + report.service() + " at " + report.browser() + " since " + wanted,
                        Duration.ofNanos(Math.max(0, deadline - System.nanoTime())),
                        () -> report.last() != null && expected.reaches(report.last(), wanted));
            } catch (AssertionError stuck) {
                problems.add(stuck.getMessage());
            }
        }
    }

    /** After the last unsubscribe the engine must have no reader left, and no browser may receive anything. */
    private void unsubscribeAll(OracleSetup setup) {
        setup.watchers().forEach(Watcher::unsubscribe);
        try {
            Await.until(
                    "an answer to each unsubscribe",
                    LEAVING,
                    () -> setup.browsers().stream().allMatch(Browser::isUnsubscribed));
            Await.until(
                    "the engine has no reader left",
                    LEAVING,
                    () -> setup.deployment().followed().isEmpty());
        } catch (AssertionError still) {
            problems.add(still.getMessage() + "; these logs are still followed: "
                    + setup.deployment().followed());
        }
        for (Browser browser : setup.browsers()) {
            if (browser.unwanted() > 0) {
                problems.add(browser.name() + " got " + browser.unwanted() + " frames after its unsubscribe");
            }
        }
        setup.chromium().exceptions().forEach(exception -> problems.add("the dashboard threw: " + exception));
    }

    private Verdict judge(OracleSetup setup) {
        Map<String, ExpectedLog> expected = new LinkedHashMap<>();
        OracleSetup.services()
                .forEach(service -> expected.put(service, setup.stored(service).dueUntil(fresh.get(service))));
        Map<String, Tally> tallies = new LinkedHashMap<>();
        for (Report report : setup.reports()) {
            Tally tally = Judge.judge(expected.get(report.service()), report, System.nanoTime());
            tallies.merge(report.browser(), tally, Tally::plus);
        }
        return new Verdict(
                seed,
                together,
                folder,
                tallies,
                problems,
                faultLog,
                Resumes.of(setup.reports(), faultLog),
                memory.lines());
    }

    private static void at(long moment, Runnable action) {
        try {
            TimeUnit.NANOSECONDS.sleep(moment - System.nanoTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        action.run();
    }

    private static void succeeded(Future<?> fault) {
        try {
            fault.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new AssertionError("A fault could not be injected", e.getCause());
        }
    }

    private void log(String what) {
        System.out.println("[oracle " + faultLog.clock(System.nanoTime()) + "] " + what);
    }
}
