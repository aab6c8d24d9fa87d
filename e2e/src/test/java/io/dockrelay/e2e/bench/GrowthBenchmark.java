package io.dockrelay.e2e.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The cost of more containers and more followed logs: 10, 100 and 500 containers with one browser that only shows the
 * list, and 1, 50 and 250 logs of one line per second that one browser follows. The first 250 containers run; the
 * others are created and never started, which costs the same per scan. The cost is the CPU of program and engine, and
 * the program's memory.
 */
final class GrowthBenchmark implements Benchmark {

    private static final String PART = "growth";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int RUNNING = 250;

    private record Cost(int size, Span span, double megabytes) {}

    @Override
    public void run(BenchContext stage, Report report) throws Exception {
        List<FedContainer> fed = new ArrayList<>();
        try {
            List<Cost> lists = new ArrayList<>();
            for (int size : stage.quick() ? List.of(2, 4, 6) : List.of(10, 100, 500)) {
                grow(stage, fed, size);
                lists.add(looking(stage, size));
            }
            report("containers", lists, report);
            report("tails", following(stage, fed), report);
        } finally {
            closeAll(fed);
            stage.engine().removeContainers();
        }
    }

    private static void report(String what, List<Cost> costs, Report report) {
        Cost least = costs.getFirst();
        Cost middle = costs.get(1);
        for (Cost cost : costs) {
            String name = cost.size() + " " + what;
            report.add(Figure.of(PART, name + ", our CPU", cost.span().ours(), "% of a core")
                    .beside("dockerd", cost.span().engine()));
            report.add(Figure.of(PART, name + ", resident memory", cost.megabytes(), "MB")
                    .beside("with " + least.size(), least.megabytes()));
        }
        Cost most = costs.getLast();
        double times = (double) most.size() / middle.size();
        String growth = what + ", CPU of " + most.size() + " ÷ of " + middle.size();
        report.add(
                Figure.of(PART, growth, most.span().together() / middle.span().together(), "")
                        .beside("they are more by", times)
                        .atMost(times));
    }

    /** Adds containers up to a number. */
    private static void grow(BenchContext stage, List<FedContainer> fed, int size) throws IOException {
        int running = stage.count(RUNNING, 4);
        while (fed.size() < Math.min(size, running)) {
            fed.add(FedContainer.start(stage.engine(), "log-" + (fed.size() + 1), LineKind.PLAIN));
        }
        int created = Integer.parseInt(stage.engine().docker("info", "--format", "{{.Containers}}"));
        for (int i = created + 1; i <= size; i++) {
            stage.engine().docker("create", "--network", "none", "--name", "created-" + i, "busybox", "true");
        }
    }

    private static Cost looking(BenchContext stage, int size) throws IOException {
        try (StartedProgram program = stage.start(Topology.ONE_JVM, "log-1");
                TextReader browser = TextReader.ofBrowser(program.port(), Pattern.compile("container_update"))) {
            browser.await(PATIENCE);
            return measured(stage, program, size);
        }
    }

    private static List<Cost> following(BenchContext stage, List<FedContainer> fed) throws IOException {
        List<Cost> costs = new ArrayList<>();
        for (int size : stage.quick() ? List.of(1, 2, 4) : List.of(1, 50, RUNNING)) {
            List<FedContainer> followed = fed.subList(0, size);
            try (StartedProgram program = stage.start(Topology.ONE_JVM, "log-1");
                    RoundRobinWriter writer = new RoundRobinWriter(followed);
                    TextReader browser = TextReader.ofBrowser(program.port(), Pattern.compile("container_update"))) {
                browser.await(PATIENCE);
                for (FedContainer container : followed) {
                    browser.expect(Pattern.compile("\"log_snapshot\""));
                    browser.send(
                            "{\"type\":\"subscribe_logs\",\"container\":\"" + container.name() + "\",\"lines\":0}");
                    browser.await(PATIENCE);
                }
                writer.start();
                costs.add(measured(stage, program, size));
            }
        }
        return costs;
    }

    private static Cost measured(BenchContext stage, StartedProgram program, int size) {
        BenchContext.pass(stage.seconds(10));
        var clock = new Span.Clock(stage, program);
        BenchContext.pass(stage.seconds(20));
        return new Cost(size, clock.stop(), program.use().residentMegabytes());
    }

    private static void closeAll(List<FedContainer> fed) throws IOException {
        for (FedContainer container : fed) {
            container.end();
        }
    }
}
