package io.dockrelay.e2e.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.e2e.harness.Await;
import io.dockrelay.e2e.harness.Checkout;
import io.dockrelay.e2e.harness.CuttingProxy;
import io.dockrelay.e2e.harness.LinkFaults;
import io.dockrelay.e2e.harness.Program;
import io.dockrelay.e2e.harness.Rest;
import io.dockrelay.e2e.harness.Shell;
import io.dockrelay.listener.testing.TestAuthority;
import io.dockrelay.listener.testing.TestAuthority.Issued;

/**
 * A controller and two relays as members of one cluster, with mutual TLS, each in a network namespace of its own. A member that
 * is started again keeps its address. Blocking; one fault at a time.
 */
final class ClusteredDeployment implements AutoCloseable {

    static final String CONTROLLER = "c";
    static final List<String> RELAYS = List.of("r1", "r2");
    static final List<String> MEMBERS = List.of(CONTROLLER, "r1", "r2");

    private static final Duration STARTS = Duration.ofSeconds(90);
    private static final int PORT = 3000;

    private final Path folder;
    private final MemberNetwork network;
    private final Path engineSocket;
    private final CuttingProxy engineProxy;
    private final TestAuthority authority;
    private final Map<String, Issued> certificates = new HashMap<>();
    private final Map<String, Program> running = new ConcurrentHashMap<>();
    private final List<Program> all = new CopyOnWriteArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();

    private ClusteredDeployment(TestEngine engine, Path folder) {
        this.folder = folder;
        this.authority = TestAuthority.in(engine.folder(), "members");
        MEMBERS.forEach(member -> certificates.put(member, authority.issue(member)));
        this.engineSocket = engine.folder().resolve("cut.sock");
        this.engineProxy = CuttingProxy.start(
                new LinkFaults(),
                UnixDomainSocketAddress.of(engineSocket),
                UnixDomainSocketAddress.of(engine.socket()));
        this.network = MemberNetwork.create(MEMBERS);
    }

    /** Returns when all members answer. */
    static ClusteredDeployment open(TestEngine engine, Path folder) {
        var deployment = new ClusteredDeployment(engine, folder);
        try {
            MEMBERS.forEach(deployment::launch);
            MEMBERS.forEach(deployment::awaitUp);
            return deployment;
        } catch (RuntimeException | Error failed) {
            deployment.close();
            throw failed;
        }
    }

    MemberNetwork network() {
        return network;
    }

    Program program(String member) {
        return running.get(member);
    }

    Rest api(String relay) {
        return new Rest("http://" + network.address(relay) + ":" + PORT);
    }

    URI socket(String relay) {
        return URI.create("ws://" + network.address(relay) + ":" + PORT + "/ws");
    }

    /** Where the next connection of a browser goes: one relay after the other, as a proxy does it. */
    URI nextSocket() {
        return socket(RELAYS.get(Math.floorMod(turn.getAndIncrement(), RELAYS.size())));
    }

    /** The logs that are followed at the engine. */
    List<String> followed() {
        return engineProxy.followed();
    }

    void start(String member) {
        launch(member);
        awaitUp(member);
    }

    void kill(String member) {
        running.get(member).kill();
    }

    /** In order, with SIGTERM. */
    void stop(String member) {
        running.get(member).stop();
    }

    void pause(String member) {
        new Shell(Map.of()).run("kill -STOP " + running.get(member).pid());
    }

    void resume(String member) {
        new Shell(Map.of()).run("kill -CONT " + running.get(member).pid());
    }

    @Override
    public void close() {
        engineProxy.close();
        for (int i = 0; i < all.size(); i++) {
            all.get(i).close();
            keepLog(i + 1, all.get(i));
        }
        network.close();
    }

    private void launch(String member) {
        String role = member.equals(CONTROLLER) ? "controller" : "relay";
        Program program = network.start(member, environment(member), List.of("deploy/dockrelay", role, "--cluster"));
        all.add(program);
        running.put(member, program);
    }

    private void awaitUp(String member) {
        Program program = running.get(member);
        if (member.equals(CONTROLLER)) {
            program.awaitLine("\\[ws].*8090", STARTS);
        } else {
            Await.until("an answer of " + member, STARTS, () -> {
                if (!program.isAlive()) {
                    throw new AssertionError("The program has ended:\n" + String.join("\n", program.output()));
                }
                return api(member).answers("/api/health");
            });
        }
    }

    private Map<String, String> environment(String member) {
        Map<String, String> environment = new HashMap<>();
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("DOCKRELAY_JARS", Checkout.jar().getParent().toString());
        environment.put("CLUSTER_HOST", network.address(member));
        environment.put("CLUSTER_MEMBERS", String.join(",", network.addresses()));
        environment.put("CLUSTER_TLS_CERT", certificates.get(member).cert().toString());
        environment.put("CLUSTER_TLS_KEY", certificates.get(member).key().toString());
        environment.put("CLUSTER_TLS_CA", authority.ca().toString());
        environment.put("CONTROLLER_TOKEN", "the-token-of-all-members");
        environment.put("CONTROLLER_ID", "edge-1");
        environment.put("DOCKER_HOST", "unix://" + engineSocket);
        environment.put("PORT", Integer.toString(PORT));
        environment.put("RELAY_BIND", network.address(member));
        environment.put("RELAY_TRUST_NETWORK", "true");
        return environment;
    }

    private void keepLog(int number, Program program) {
        String name = "member-%02d-%d.log".formatted(number, program.pid());
        try {
            Files.writeString(folder.resolve(name), program.wholeOutput() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
