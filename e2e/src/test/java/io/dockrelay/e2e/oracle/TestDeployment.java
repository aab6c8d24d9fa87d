package io.dockrelay.e2e.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.e2e.harness.Await;
import io.dockrelay.e2e.harness.Checkout;
import io.dockrelay.e2e.harness.CuttingProxy;
import io.dockrelay.e2e.harness.LinkFaults;
import io.dockrelay.e2e.harness.Program;
import io.dockrelay.e2e.harness.Rest;

/**
 * The program, started like by a user, with a proxy on each link: a relay, a controller with a real engine, a second
 * controller with a scripted one; or relay and first controller in one JVM. A part that is started again keeps its
 * ports. Blocking; one fault at a time per part.
 */
final class TestDeployment implements AutoCloseable {

    private static final Duration STARTS = Duration.ofSeconds(60);

    private final Path folder;
    private final boolean together;

    /** Whether the controllers dial the relay: the links with their proxies lead the other way. */
    private final boolean dialOut = Boolean.getBoolean("oracle.dialOut");

    /** The enrolment tokens by the controllers' ids. */
    private final Map<String, String> tokens = new HashMap<>();

    private final Namespace namespace;
    private final LinkFaults link = new LinkFaults();
    private final LinkFaults engineLink = new LinkFaults();
    private final List<CuttingProxy> links = new ArrayList<>();
    private final Path engineSocket;
    private final CuttingProxy engineProxy;
    private final int port = Checkout.freePort();
    private final Remote first;
    private final Remote second;
    private final List<Program> all = new CopyOnWriteArrayList<>();

    private volatile Program controller;
    private volatile Program relay;

    /** A controller's ports, and the proxies' in front of them. */
    private record Remote(int apiPort, int wsPort, int proxiedApi, int proxiedWs) {

        static Remote create() {
            return new Remote(Checkout.freePort(), Checkout.freePort(), Checkout.freePort(), Checkout.freePort());
        }
    }

    private TestDeployment(TestEngine engine, boolean together, Path folder) {
        this.folder = folder;
        this.together = together;
        this.namespace = together ? null : Namespace.create();
        this.engineSocket = engine.folder().resolve("cut.sock");
        engineProxy = CuttingProxy.start(
                engineLink, UnixDomainSocketAddress.of(engineSocket), UnixDomainSocketAddress.of(engine.socket()));
        first = Remote.create();
        second = Remote.create();
        InetAddress outside = address(outsideHost());
        for (Remote remote : List.of(first, second)) {
            if (dialOut) {
                links.add(CuttingProxy.start(
                        link,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), remote.proxiedWs),
                        new InetSocketAddress(address(relayHost()), port)));
                continue;
            }
            links.add(CuttingProxy.start(link, outside, remote.proxiedApi, remote.apiPort));
            links.add(CuttingProxy.start(link, outside, remote.proxiedWs, remote.wsPort));
        }
    }

    /**
     * Starts all parts; returns when they answer.
     *
     * @param folder for the processes' output
     */
    static TestDeployment open(TestEngine engine, ScriptedEngine scripted, boolean together, Path folder) {
        var deployment = new TestDeployment(engine, together, folder);
        try {
            if (deployment.dialOut) {
                deployment.startRelay();
            }
            deployment.startOther(scripted);
            if (!together) {
                deployment.startController();
            }
            if (!deployment.dialOut) {
                deployment.startRelay();
            }
            return deployment;
        } catch (RuntimeException | Error failed) {
            deployment.close();
            throw failed;
        }
    }

    LinkFaults link() {
        return link;
    }

    LinkFaults engineLink() {
        return engineLink;
    }

    /** Null when there is none. */
    Namespace namespace() {
        return namespace;
    }

    void cutLinks() {
        links.forEach(CuttingProxy::cut);
    }

    /** The logs of the real engine that are followed at present. */
    List<String> followed() {
        return engineProxy.followed();
    }

    Rest relayApi() {
        return new Rest("http://" + relayHost() + ":" + port);
    }

    URI relayUri() {
        return URI.create("ws://" + relayHost() + ":" + port + "/ws");
    }

    String page() {
        return "http://" + relayHost() + ":" + port + "/";
    }

    /** The process of the first controller. */
    Program controller() {
        return together ? relay : controller;
    }

    Program relay() {
        return relay;
    }

    boolean together() {
        return together;
    }

    /** All processes so far, including those that were killed. */
    List<Program> all() {
        return List.copyOf(all);
    }

    void startController() {
        controller = start("controller", dialling(environment("edge-1", "unix://" + engineSocket, first), first));
        awaitUp(controller, new Rest("http://127.0.0.1:" + first.apiPort), "/health");
    }

    void startRelay() {
        Map<String, String> environment = environment("edge-1", "unix://" + engineSocket, first);
        List<Remote> remotes = together ? List.of(second) : List.of(first, second);
        environment.put(
                "CONTROLLER_WS",
                addresses("ws", remotes.stream().map(Remote::proxiedWs).toList()));
        environment.put(
                "CONTROLLER_API",
                addresses("http", remotes.stream().map(Remote::proxiedApi).toList()));
        if (dialOut) {
            environment.keySet().removeAll(List.of("CONTROLLER_WS", "CONTROLLER_API"));
            environment.put("RELAY_DATA_FOLDER", folder.resolve("relay").toString());
            environment.put("RELAY_DIAL_WITHOUT_TLS", "true");
            environment.put("RELAY_LOCAL_CONTROLLER", "false");
        }
        environment.put("PORT", Integer.toString(port));
        environment.put("RELAY_BIND", relayHost());
        environment.put("RELAY_TRUST_NETWORK", "true");
        relay = start(together ? "all" : "relay", environment);
        awaitUp(relay, relayApi(), "/api/health");
    }

    @Override
    public void close() {
        links.forEach(CuttingProxy::close);
        engineProxy.close();
        for (int i = 0; i < all.size(); i++) {
            all.get(i).close();
            keepLog(i + 1, all.get(i));
        }
        if (namespace != null) {
            namespace.close();
        }
    }

    private void keepLog(int number, Program program) {
        String name = "program-%02d-%d.log".formatted(number, program.pid());
        try {
            Files.writeString(folder.resolve(name), program.wholeOutput() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void startOther(ScriptedEngine scripted) {
        Program other = start("controller", dialling(environment("edge-2", scripted.host(), second), second));
        awaitUp(other, new Rest("http://127.0.0.1:" + second.apiPort), "/health");
    }

    /** With what a controller needs that dials the relay, if it does. */
    private Map<String, String> dialling(Map<String, String> environment, Remote remote) {
        if (dialOut) {
            String id = environment.get("CONTROLLER_ID");
            environment.remove("CONTROLLER_TRUST_NETWORK");
            environment.put("RELAY_URL", "ws://127.0.0.1:" + remote.proxiedWs);
            environment.put("ENROL_TOKEN", tokens.computeIfAbsent(id, this::enrolment));
            environment.put("CONTROLLER_DATA_FOLDER", folder.resolve(id).toString());
        }
        return environment;
    }

    private String enrolment(String id) {
        return relayApi()
                .postJson("/api/enrolments", "{\"name\":\"" + id + "\"}")
                .json()
                .path("token")
                .asText();
    }

    /** Starts the program like a user. */
    private Program start(String role, Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("DOCKRELAY_JARS", Checkout.jar().getParent().toString());
        List<String> command = List.of("deploy/dockrelay", role);
        boolean apart = namespace != null && role.equals("relay");
        Program program = apart ? namespace.start(role, environment, command) : Program.run(role, environment, command);
        all.add(program);
        return program;
    }

    private static Map<String, String> environment(String id, String dockerHost, Remote ports) {
        Map<String, String> environment = new HashMap<>();
        environment.put("CONTROLLER_ID", id);
        environment.put("DOCKER_HOST", dockerHost);
        environment.put("CONTROLLER_API_PORT", Integer.toString(ports.apiPort));
        environment.put("CONTROLLER_WS_PORT", Integer.toString(ports.wsPort));
        environment.put("CONTROLLER_TRUST_NETWORK", "true"); // The relay's links pass through forwarded ports.
        return environment;
    }

    private String addresses(String scheme, List<Integer> ports) {
        return String.join(
                ",",
                ports.stream()
                        .map(proxied -> scheme + "://" + outsideHost() + ":" + proxied)
                        .toList());
    }

    private String outsideHost() {
        return namespace == null ? "127.0.0.1" : namespace.outside();
    }

    private static InetAddress address(String numbers) {
        try {
            return InetAddress.getByName(numbers);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private String relayHost() {
        return namespace == null ? "127.0.0.1" : namespace.inside();
    }

    private static void awaitUp(Program program, Rest api, String path) {
        Await.until("an answer at " + path, STARTS, () -> {
            if (!program.isAlive()) {
                throw new AssertionError("The program has ended:\n" + String.join("\n", program.output()));
            }
            return api.answers(path);
        });
    }
}
