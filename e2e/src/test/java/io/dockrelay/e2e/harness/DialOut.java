package io.dockrelay.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.errorprone.annotations.CanIgnoreReturnValue;

import io.dockrelay.docker.testing.TestEngine;

/**
 * A relay, and a controller with a real engine that dials it through a proxy that cuts links. A part that is started again
 * keeps its ports and its folder.
 */
public final class DialOut implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration STARTS = Duration.ofSeconds(40);

    private final Path folder;
    private final Map<String, String> engine;
    private final LinkFaults faults = new LinkFaults();
    private final int port = Checkout.freePort();
    private final int dialled = Checkout.freePort();
    private final CuttingProxy proxy;
    private final Map<String, String> ofRelay = new HashMap<>();
    private final List<Program> controllers = new ArrayList<>();
    private Program relay;

    /** The last one that was started; null before. */
    private Program controller;

    private DialOut(TestEngine engine, Path folder) {
        this.engine = engine.environment();
        this.folder = folder;
        proxy = CuttingProxy.start(faults, InetAddress.getLoopbackAddress(), dialled, port);
    }

    /** Starts the relay alone. */
    public static DialOut open(TestEngine engine, Path folder, Map<String, String> settingsOfRelay) {
        var dialOut = new DialOut(engine, folder);
        dialOut.ofRelay.putAll(settingsOfRelay);
        dialOut.startRelay();
        return dialOut;
    }

    public void startRelay() {
        Map<String, String> environment = new HashMap<>(ofRelay);
        environment.put("PORT", Integer.toString(port));
        environment.put("RELAY_DATA_FOLDER", folder.resolve("relay").toString());
        environment.put("RELAY_LOCAL_CONTROLLER", "false");
        relay = Program.start("relay", environment);
        awaitUp(relay, rest(), "/api/health");
    }

    /** Starts a controller of this id; it keeps its key in a folder of this name. */
    @CanIgnoreReturnValue
    public Program startController(String id, String token, String keptIn) {
        Map<String, String> environment = new HashMap<>(engine);
        environment.put("CONTROLLER_ID", id);
        environment.put("CONTROLLER_API_PORT", "0");
        environment.put("CONTROLLER_WS_PORT", "0");
        environment.put("CONTROLLER_DATA_FOLDER", folder.resolve(keptIn).toString());
        environment.put("RELAY_URL", "ws://127.0.0.1:" + dialled);
        environment.put("ENROL_TOKEN", token);
        controller = Program.start("controller", environment);
        controllers.add(controller);
        return controller;
    }

    /** Makes a token, and returns the whole answer. */
    public JsonNode enrolment(String name) {
        Rest.Answer answer = post("/api/enrolments", "{\"name\":\"" + name + "\"}");
        if (answer.status() != 201) {
            throw new AssertionError(answer.status() + " " + answer.text());
        }
        return answer.json();
    }

    /** The list's entry with this id. */
    public JsonNode listed(String id) {
        for (JsonNode one : rest().get("/api/enrolments").json().path("enrolments")) {
            if (one.path("id").asText().equals(id)) {
                return one;
            }
        }
        throw new AssertionError("no enrolment " + id);
    }

    /** A request with a body to the relay. */
    public Rest.Answer post(String path, String body) {
        return rest().postJson(path, body);
    }

    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public Rest rest() {
        return new Rest("http://127.0.0.1:" + port);
    }

    public int port() {
        return port;
    }

    public Program relay() {
        return relay;
    }

    public Program controller() {
        return controller;
    }

    public CuttingProxy proxy() {
        return proxy;
    }

    public LinkFaults faults() {
        return faults;
    }

    /** A browser that has received a list with this container. */
    public WireClient browser(String container) {
        WireClient client = WireClient.connect("ws://127.0.0.1:" + port + "/ws");
        client.await(
                "the relay lists " + container,
                STARTS,
                message -> message.path("containers").toString().contains("\"name\":\"" + container + "\""));
        return client;
    }

    /** Waits until the relay has this container. */
    public void awaitListed(String container) {
        Await.until(
                "the relay lists " + container,
                STARTS,
                () -> rest().get("/api/data").text().contains("\"name\":\"" + container + "\""));
    }

    @Override
    public void close() {
        proxy.close();
        controllers.forEach(Program::close);
        relay.close();
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
