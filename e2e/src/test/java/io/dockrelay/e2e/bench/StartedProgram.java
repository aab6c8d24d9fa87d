package io.dockrelay.e2e.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.dockrelay.e2e.harness.Await;
import io.dockrelay.e2e.harness.Checkout;
import io.dockrelay.e2e.harness.Program;
import io.dockrelay.e2e.harness.Rest;

/** The program with an engine, started by {@code deploy/dockrelay} like by a user. */
final class StartedProgram implements AutoCloseable {

    private static final Duration STARTS = Duration.ofSeconds(60);

    private final int port = Checkout.freePort();
    private final int apiPort = Checkout.freePort();
    private final List<Program> programs = new ArrayList<>();

    /** Null unless its threads are measured. */
    private ThreadTimes.Watch watch;

    private StartedProgram() {}

    /**
     * Returns at once.
     *
     * @param settings environment variables
     * @param cache {@code off} to start without the AOT cache; empty for the default
     */
    static StartedProgram launch(Map<String, String> settings, Topology topology, String cache) {
        var running = new StartedProgram();
        Map<String, String> environment = running.environment(settings);
        environment.put("DOCKRELAY_AOT", cache);
        for (String role : topology.roles()) {
            running.programs.add(Program.run(role, environment, List.of("deploy/dockrelay", role)));
        }
        return running;
    }

    /** A relay alone; returns at once. */
    static StartedProgram launchRelay(Map<String, String> settings) {
        var running = new StartedProgram();
        running.programs.add(Program.run("relay", running.environment(settings), List.of("deploy/dockrelay", "relay")));
        return running;
    }

    /** Returns when the relay lists that container. */
    static StartedProgram start(Map<String, String> settings, Topology topology, String container) {
        StartedProgram running = launch(settings, topology, "");
        running.awaitListed(container);
        return running;
    }

    /** Returns when the relay lists that container. */
    void awaitListed(String container) {
        var relay = new Rest("http://127.0.0.1:" + port);
        Await.until("the relay lists " + container, STARTS, () -> {
            programs.forEach(StartedProgram::mustLive);
            return relay.answers("/api/health") && relay.get("/api/data").text().contains('"' + container + '"');
        });
    }

    /** Waits for the relay's log line, because a probe of the port could take the port. */
    void awaitListening() {
        programs.getLast().awaitLine("listening on http://[^ ]*:" + port + "\\b", STARTS);
    }

    /** The relay's process. */
    int port() {
        return port;
    }

    /** The controller's REST interface. */
    int apiPort() {
        return apiPort;
    }

    /** Measures its threads from now until it is closed. */
    void watch(ThreadTimes threads) {
        watch = threads.watch(pids());
    }

    ProcessUse use() {
        return new ProcessUse(pids());
    }

    List<Long> pids() {
        return programs.stream().map(Program::pid).toList();
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.end();
        }
        for (Program program : programs.reversed()) {
            program.close();
        }
    }

    private Map<String, String> environment(Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(settings);
        String wsPort = Integer.toString(Checkout.freePort());
        environment.put("CONTROLLER_ID", "bench");
        environment.put("PORT", Integer.toString(port));
        environment.put("CONTROLLER_API_PORT", Integer.toString(apiPort));
        environment.put("CONTROLLER_WS_PORT", wsPort);
        return environment;
    }

    private static void mustLive(Program program) {
        if (!program.isAlive()) {
            throw new AssertionError("The program has ended:\n" + program.wholeOutput());
        }
    }
}
