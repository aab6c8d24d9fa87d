package io.dockrelay.e2e.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

import io.dockrelay.e2e.harness.Jvm;

/**
 * Fan-out: one container at 100 lines per second, and 1, 100, 1,000 and 5,000 browsers that follow it. Measures whether
 * each browser receives every line, the age of the lines, and the cost in the program and the engine compared with one
 * browser. Then 1,000 browsers sign in with three roles: the list is encoded once for each.
 */
final class FanOutBenchmark implements Benchmark {

    private static final String PART = "fanout";
    private static final int RATE = 100;
    private static final int FEW = 100;
    private static final int MANY = 1_000;
    private static final int CROWD = 5_000;
    /** What three roles may cost, as a multiple of one. */
    private static final double MORE_FOR_ROLES = 1.1;

    /** The cost of a number of browsers: CPU in per cent of a core, memory in KB. */
    private record Cost(int browsers, BrowserCount got, double ours, double engine, double residentKb, double liveKb) {}

    @Override
    public void run(BenchContext stage, Report report) throws Exception {
        try (FedContainer container = FedContainer.start(stage.engine(), "talker", LineKind.PLAIN);
                PacedWriter talking = new PacedWriter(container, RATE)) {
            talking.start();
            Cost many = withoutSignIn(stage, container, report);
            crowd(stage, container, report);
            inThreeRoles(stage, container, many, report);
        }
    }

    private static Cost withoutSignIn(BenchContext stage, FedContainer container, Report report) throws IOException {
        try (StartedProgram program = stage.start(Topology.ONE_JVM, container.name())) {
            var deployment = new House(stage, container, program, List.of());
            deployment.visit(FEW, stage.seconds(20), report);
            Cost one = deployment.visit(1, stage.seconds(20), report);
            Cost few = deployment.visit(FEW, stage.seconds(20), report);
            report.add(Figure.of(PART, "100 browsers, our CPU", few.ours(), "% of a core")
                    .beside("one browser", one.ours())
                    .atMost(8));
            report.add(Figure.of(PART, "100 browsers, dockerd's CPU", few.engine(), "% of a core")
                    .beside("one browser", one.engine()));
            report.add(Figure.of(PART, "100 browsers, p99", few.got().p99(), "ms")
                    .beside("one browser", one.got().p99()));
            Cost many = deployment.visit(stage.count(MANY, FEW), stage.seconds(20), report);
            many(one, many, report);
            report.add(Figure.of(PART, named(many) + "our CPU", many.ours(), "% of a core")
                    .beside("one browser", one.ours())
                    .atMost(45));
            return many;
        }
    }

    /** More browsers than the limits admit by default. */
    private static void crowd(BenchContext stage, FedContainer container, Report report) throws IOException {
        String most = Integer.toString(2 * CROWD);
        Map<String, String> admitted = Map.of(
                "RELAY_MAX_CONNECTIONS", most,
                "RELAY_MAX_CONNECTIONS_PER_CLIENT", most,
                "RELAY_MAX_SUBSCRIPTIONS_PER_CLIENT", most);
        try (StartedProgram program = stage.start(Topology.ONE_JVM, container.name(), admitted)) {
            var deployment = new House(stage, container, program, List.of());
            deployment.visit(FEW, stage.seconds(10), report);
            Cost one = deployment.visit(1, stage.seconds(10), report);
            Cost crowd = deployment.visit(stage.count(CROWD, FEW), stage.seconds(20), report);
            many(one, crowd, report);
            report.add(Figure.of(PART, named(crowd) + "our CPU", crowd.ours(), "% of a core")
                    .beside("one browser", one.ours()));
        }
    }

    /** Beside as many browsers with equal rights. */
    private static void inThreeRoles(BenchContext stage, FedContainer container, Cost equal, Report report)
            throws Exception {
        try (RoleSessions sessions = RoleSessions.start(stage, List.of("reader", "operator", "admin"))) {
            List<String> cookies = sessions.signIn(container.name());
            var deployment = new House(stage, container, sessions.program(), cookies);
            deployment.visit(FEW, stage.seconds(20), report);
            Cost roles = deployment.visit(stage.count(MANY, FEW), stage.seconds(20), report);
            String label = String.format(Locale.ROOT, "%,d browsers in three roles, ", roles.browsers());
            report.add(Figure.of(PART, label + "our CPU", roles.ours(), "% of a core")
                    .beside("in one", equal.ours())
                    .atMost(equal.ours() * MORE_FOR_ROLES));
            report.add(Figure.of(PART, label + "p99", roles.got().p99(), "ms")
                    .beside("in one", equal.got().p99()));
        }
    }

    private static String named(Cost cost) {
        return String.format(Locale.ROOT, "%,d browsers, ", cost.browsers());
    }

    private static void many(Cost one, Cost many, Report report) {
        String label = named(many);
        int more = many.browsers() - one.browsers();
        report.add(Figure.of(PART, label + "p50", many.got().p50(), "ms")
                .beside("one browser", one.got().p50()));
        report.add(Figure.of(PART, label + "p99", many.got().p99(), "ms")
                .beside("one browser", one.got().p99())
                .atMost(many.browsers() > MANY ? 150 : 60));
        report.add(Figure.of(PART, label + "dockerd's CPU", many.engine(), "% of a core")
                .beside("one browser", one.engine()));
        report.add(
                Figure.of(PART, label + "memory each (resident)", (many.residentKb() - one.residentKb()) / more, "KB")
                        .atMost(25));
        report.add(Figure.of(PART, label + "memory each (live heap)", (many.liveKb() - one.liveKb()) / more, "KB"));
    }

    /** The program with one container that writes. */
    private record House(BenchContext stage, FedContainer container, StartedProgram program, List<String> cookies) {

        @CanIgnoreReturnValue
        Cost visit(int browsers, Duration duration, Report report) throws IOException {
            var streams = new EngineStreams(stage.engine(), container.id());
            String label = browsers + (cookies.isEmpty() ? " browsers" : " browsers in three roles");
            try (BrowserProcess crowd = BrowserProcess.start(program.port(), container.name(), browsers, cookies)) {
                crowd.awaitReady();
                BenchContext.pass(stage.seconds(3));
                double oursBefore = program.use().cpuSeconds();
                double engineBefore = stage.engineUse().cpuSeconds();
                long start = System.nanoTime();
                crowd.begin();
                BenchContext.pass(duration);
                BrowserCount got = crowd.end();
                double seconds = (System.nanoTime() - start) / 1e9;
                double ours = (program.use().cpuSeconds() - oursBefore) / seconds;
                double engine = (stage.engineUse().cpuSeconds() - engineBefore) / seconds;
                double expected = Math.floor(seconds * RATE);
                report.add(Figure.of(PART, label + ", lines of the one with the fewest", (double) got.fewest(), "lines")
                        .beside("written", expected));
                report.add(Figure.of(PART, label + ", lines missing or twice", (double) got.wrong(), "lines")
                        .atMost(0));
                report.add(Figure.of(PART, label + ", streams at the engine", (double) streams.count(), "")
                        .atMost(1));
                double live = new Jvm(program.pids().getFirst()).liveBytes() / 1024.0;
                double resident = program.use().residentMegabytes() * 1024;
                return new Cost(browsers, got, ours * 100, engine * 100, resident, live);
            }
        }
    }
}
