package io.dockrelay.e2e.harness;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import io.dockrelay.docker.testing.TestEngine;

/**
 * The program with a real engine: controller and relay as two processes, connected by an uplink. A part that is started
 * again keeps its ports.
 */
public final class SplitDeployment implements AutoCloseable {

    private static final Duration STARTS = Duration.ofSeconds(30);

    private final int apiPort = Checkout.freePort();
    private final int wsPort = Checkout.freePort();
    private final int port = Checkout.freePort();
    private final Map<String, String> environment = new HashMap<>();
    private Program controller;
    private Program relay;

    private SplitDeployment(TestEngine engine) {
        environment.putAll(engine.environment());
        environment.put("CONTROLLER_ID", "edge-1");
        environment.put("CONTROLLER_API_PORT", Integer.toString(apiPort));
        environment.put("CONTROLLER_WS_PORT", Integer.toString(wsPort));
        environment.put("CONTROLLER_WS", "ws://127.0.0.1:" + wsPort);
        environment.put("CONTROLLER_API", "http://127.0.0.1:" + apiPort);
        environment.put("PORT", Integer.toString(port));
    }

    /** Starts both parts and waits until the relay sees the controller. */
    public static SplitDeployment open(TestEngine engine) {
        return open(engine, Map.of());
    }

    /** The same with more environment variables for both parts. */
    public static SplitDeployment open(TestEngine engine, Map<String, String> more) {
        var deployment = new SplitDeployment(engine);
        deployment.environment.putAll(more);
        deployment.startController();
        deployment.startRelay();
        return deployment;
    }

    public void startController() {
        controller = Program.start("controller", environment);
        awaitUp(controller, controllerApi(), "/health");
    }

    /** The controller as it is after its re-creation: with another id at the same address. */
    public void startControllerAs(String id) {
        environment.put("CONTROLLER_ID", id);
        startController();
    }

    public void startRelay() {
        relay = Program.start("relay", environment);
        awaitUp(relay, relayApi(), "/api/health");
    }

    public Program controller() {
        return controller;
    }

    public Program relay() {
        return relay;
    }

    public Rest controllerApi() {
        return new Rest("http://127.0.0.1:" + apiPort);
    }

    public Rest relayApi() {
        return new Rest("http://127.0.0.1:" + port);
    }

    public String controllerUrl() {
        return "ws://127.0.0.1:" + wsPort + "/";
    }

    public String relayUrl() {
        return "ws://127.0.0.1:" + port + "/ws";
    }

    public int apiPort() {
        return apiPort;
    }

    public int wsPort() {
        return wsPort;
    }

    public int port() {
        return port;
    }

    /** The dashboard's address. */
    public String page() {
        return "http://127.0.0.1:" + port + "/";
    }

    /** A client of the controller that has received its first message. */
    public WireClient controllerClient() {
        WireClient client = WireClient.connect(controllerUrl());
        client.awaitType("initial_state");
        return client;
    }

    /** A client of the relay that has received a list with this container. */
    public WireClient browser(String container) {
        WireClient client = WireClient.connect(relayUrl());
        client.await("the relay lists " + container, message -> lists(message, container));
        return client;
    }

    /** Waits until the relay is connected to the controller. */
    public void awaitConnected() {
        Await.until("the relay is connected", Duration.ofSeconds(40), () -> {
            try (WireClient client = WireClient.connect(relayUrl())) {
                JsonNode controllers = client.awaitType("container_update").path("controllers");
                return controllers.toString().contains("\"state\":\"connected\"");
            }
        });
    }

    @Override
    public void close() {
        if (relay != null) {
            relay.close();
        }
        if (controller != null) {
            controller.close();
        }
    }

    private static boolean lists(JsonNode message, String name) {
        for (JsonNode container : message.path("containers")) {
            if (container.path("name").asText().equals(name)) {
                return true;
            }
        }
        return false;
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
