package io.dockrelay.e2e.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

import io.dockrelay.e2e.harness.Rest;

/**
 * The cost while nothing happens: one browser that follows fifteen containers with some log, compared with a page that
 * polls the controller every two seconds for each container's status and last 500 lines, like earlier dashboards.
 * Counts the bytes that reach the client; of polled answers only the bodies. The load history is off in both: what it costs
 * is the part {@code history}.
 */
final class IdleBenchmark implements Benchmark {

    private static final String PART = "idle";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final int CONTAINERS = 15;
    private static final Map<String, String> HISTORY_OFF = Map.of("CONTROLLER_LOAD_HISTORY", "off");

    private record Idle(Span span, double bytesASecond) {}

    @Override
    public void run(BenchContext stage, Report report) throws Exception {
        List<String> names = IntStream.rangeClosed(1, stage.count(CONTAINERS, 3))
                .mapToObj(i -> "quiet-" + i)
                .toList();
        names.forEach(name -> stage.engine()
                .run(
                        name,
                        "i=0; while [ $i -lt 600 ]; do i=$((i+1)); echo \"$i GET"
                                + " /api/segments/abcdefghijklmnopqrstuvwxyz\"; done; exec sleep 100000"));
        try (StartedProgram program = stage.start(Topology.ONE_JVM, names.getLast(), HISTORY_OFF)) {
            polled(stage, program, names, stage.seconds(6));
            Idle watching = watched(stage, program, names, stage.seconds(40));
            Idle polling = polled(stage, program, names, stage.seconds(40));
            report(watching, polling, report);
        } finally {
            stage.engine().removeContainers();
        }
    }

    private static void report(Idle watching, Idle polling, Report report) {
        report.add(Figure.of(PART, "traffic", watching.bytesASecond(), "bytes/s")
                .beside("polling", polling.bytesASecond()));
        report.add(Figure.of(PART, "traffic saved", saved(watching.bytesASecond(), polling.bytesASecond()), "%")
                .atLeast(99));
        report.add(Figure.of(PART, "our CPU", watching.span().ours(), "% of a core")
                .beside("polling", polling.span().ours()));
        report.add(Figure.of(PART, "dockerd's CPU", watching.span().engine(), "% of a core")
                .beside("polling", polling.span().engine()));
        report.add(Figure.of(
                        PART,
                        "CPU saved, ours and dockerd's",
                        saved(watching.span().together(), polling.span().together()),
                        "%")
                .atLeast(95));
    }

    private static double saved(double now, double before) {
        return (1 - now / before) * 100;
    }

    private static Idle watched(BenchContext stage, StartedProgram program, List<String> names, Duration duration)
            throws IOException {
        try (TextReader browser = TextReader.ofBrowser(program.port(), Pattern.compile("container_update"))) {
            browser.await(PATIENCE);
            for (String name : names) {
                browser.expect(Pattern.compile("\"log_snapshot\""));
                browser.send("{\"type\":\"subscribe_logs\",\"container\":\"" + name + "\",\"lines\":500}");
                browser.await(PATIENCE);
            }
            BenchContext.pass(stage.seconds(5));
            long before = browser.bytes();
            var clock = new Span.Clock(stage, program);
            BenchContext.pass(duration);
            Span span = clock.stop();
            return new Idle(span, (browser.bytes() - before) / span.seconds());
        }
    }

    @CanIgnoreReturnValue
    private static Idle polled(BenchContext stage, StartedProgram program, List<String> names, Duration duration) {
        var controller = new Rest("http://127.0.0.1:" + program.apiPort());
        long bytes = 0;
        var clock = new Span.Clock(stage, program);
        long rounds = Math.max(1, duration.dividedBy(EVERY));
        for (long round = 0; round < rounds; round++) {
            long due = System.nanoTime() + EVERY.toNanos();
            for (String name : names) {
                bytes += size(controller.get("/container/" + name + "/status"));
                bytes += size(controller.get("/container/" + name + "/logs?tail=500"));
            }
            BenchContext.pass(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
        }
        Span span = clock.stop();
        return new Idle(span, bytes / span.seconds());
    }

    private static long size(Rest.Answer answer) {
        if (answer.status() != 200) {
            throw new AssertionError("the controller answered " + answer.status());
        }
        return answer.text().getBytes(StandardCharsets.UTF_8).length;
    }
}
