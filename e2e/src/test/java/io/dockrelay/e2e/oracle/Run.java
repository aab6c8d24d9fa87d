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
 * One run of the oracle: starts everything, lets the faults of the plan happen, waits until it is calm and a fresh line
 * of every log has come everywhere, ends every subscription, and judges. Blocking, on the thread that calls it.
 */
final class Run {

    private static final Duration CALMING = Duration.ofSeconds(35);
    private static final Duration FRESH = Duration.ofSeconds(90);
    private static final Duration LEAVING = Duration.ofSeconds(20);
    private static final long PROGRESS_SECONDS = 15;

    /** The very last lines may be parts of one that is being written. */
    private static final int TAIL = 3;

    private final long seed;
    private final Duration length;
    private final boolean together;
    private final Path folder;
    private final FaultDiary diary = new FaultDiary();
    private final MemoryBook memory = new MemoryBook();
    private final List<String> problems = new ArrayList<>();
    private final Map<String, Line> fresh = new LinkedHashMap<>();

    /**
     * @param length of the faults and the calm behind them, at least two minutes
     * @param together relay and controller in one JVM
     */
    Run(long seed, Duration length, boolean together) {
        this.seed = seed;
        this.length = length;
        this.together = together;
        this.folder = Checkout.root().resolve("e2e/target/oracle/" + seed);
    }

    /** Does all of it, and leaves nothing behind but the files in its folder. */
    Verdict verdict() {
        say("seed " + seed + ", " + length.toSeconds() + " s, "
                + (together ? "one JVM" : "controller and relay apart"));
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (var stage = OracleSetup.open(folder, together, new Random(seed))) {
            say("everything runs");
            faults(stage);
            say("calm again");
            freshLines(stage);
            memory.atTheEnd(stage.town(), folder);
            leave(stage);
            stage.watchers().forEach(watcher -> watcher.logs().forEach(Following::end));
            stage.filler().finish();
            return judge(stage);
        }
    }

    private void faults(OracleSetup stage) {
        FaultPlan plan = FaultPlan.draw(seed, length.minus(CALMING));
        var faults = new Faults(stage.town(), stage.containers(), stage.scripted(), stage.browsers(), diary);
        long began = System.nanoTime();
        long joins = length.toNanos() / 4;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> happening = new ArrayList<>();
            happening.add(threads.submit(() -> at(began + joins, stage.late()::connect)));
            for (Planned planned : plan.faults()) {
                happening.add(
                        threads.submit(() -> at(began + planned.atMillis() * 1_000_000, () -> faults.happen(planned))));
            }
            for (long second = 1; happening.stream().anyMatch(fault -> !fault.isDone()); second++) {
                at(began + second * 1_000_000_000L, () -> {});
                memory.look(stage.town());
                if (second % PROGRESS_SECONDS == 0) {
                    say(diary.sum() + " faults, " + seen(stage) + " lines seen");
                }
            }
            happening.forEach(Run::succeeded);
        }
    }

    private static long seen(OracleSetup stage) {
        return stage.reports().stream().mapToLong(Report::lines).sum();
    }

    /** A line of each log that was stored when it was calm already, or a later one, has to come to everyone. */
    private void freshLines(OracleSetup stage) {
        Map<String, Integer> calm = new LinkedHashMap<>();
        OracleSetup.services()
                .forEach(service -> calm.put(service, stage.stored(service).size()));
        Map<String, ExpectedLog> stored = new LinkedHashMap<>();
        for (String service : OracleSetup.services()) {
            ExpectedLog more = Await.await("a fresh line of " + service, Await.USUAL, () -> {
                ExpectedLog now = stage.stored(service);
                return now.size() > calm.get(service) + TAIL ? now : null;
            });
            stored.put(service, more);
            fresh.put(service, more.at(more.size() - TAIL).line());
        }
        long deadline = System.nanoTime() + FRESH.toNanos();
        for (Report report : stage.reports()) {
            Line wanted = fresh.get(report.service());
            ExpectedLog owed = stored.get(report.service());
            try {
                Await.until(
                        "a fresh line of " + report.service() + " at " + report.browser() + " since " + wanted,
                        Duration.ofNanos(Math.max(0, deadline - System.nanoTime())),
                        () -> report.last() != null && owed.reaches(report.last(), wanted));
            } catch (AssertionError stuck) {
                problems.add(stuck.getMessage());
            }
        }
    }

    /** Behind the last unsubscribe the engine has no reader left, and nothing comes any more. */
    private void leave(OracleSetup stage) {
        stage.watchers().forEach(Watcher::unsubscribe);
        try {
            Await.until(
                    "every unsubscribe is heard",
                    LEAVING,
                    () -> stage.browsers().stream().allMatch(Browser::isUnsubscribed));
            Await.until(
                    "the engine has no reader left",
                    LEAVING,
                    () -> stage.town().followed().isEmpty());
        } catch (AssertionError still) {
            problems.add(still.getMessage() + "; these logs are still followed: "
                    + stage.town().followed());
        }
        for (Browser browser : stage.browsers()) {
            if (browser.unwanted() > 0) {
                problems.add(browser.name() + " got " + browser.unwanted() + " frames behind its unsubscribe");
            }
        }
        stage.chromium().exceptions().forEach(exception -> problems.add("the dashboard threw: " + exception));
    }

    private Verdict judge(OracleSetup stage) {
        Map<String, ExpectedLog> owed = new LinkedHashMap<>();
        OracleSetup.services()
                .forEach(service -> owed.put(service, stage.stored(service).dueUntil(fresh.get(service))));
        Map<String, Tally> tallies = new LinkedHashMap<>();
        for (Report report : stage.reports()) {
            Tally tally = Judge.judge(owed.get(report.service()), report, System.nanoTime());
            tallies.merge(report.browser(), tally, Tally::plus);
        }
        return new Verdict(
                seed, together, folder, tallies, problems, diary, Resumes.of(stage.reports(), diary), memory.lines());
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
            throw new AssertionError("a fault could not be brought about", e.getCause());
        }
    }

    private void say(String what) {
        System.out.println("[oracle " + diary.clock(System.nanoTime()) + "] " + what);
    }
}
