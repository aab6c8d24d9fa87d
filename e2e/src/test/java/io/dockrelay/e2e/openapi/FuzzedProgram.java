package io.dockrelay.e2e.openapi;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.e2e.harness.Checkout;
import io.dockrelay.e2e.harness.Shell;
import io.dockrelay.e2e.harness.SplitDeployment;

/** A relay and a controller beside an engine of their own, whose containers any request may stop. */
final class FuzzedProgram implements AutoCloseable {

    static final String CONTROLLER_TOKEN = "the-token-of-this-controller";

    private static final String PASSWORD = "correct horse battery";

    private final SplitDeployment deployment;

    private FuzzedProgram(SplitDeployment deployment) {
        this.deployment = deployment;
    }

    /** Two containers that end at once when they are asked to. */
    static TestEngine engine() {
        TestEngine engine = TestEngine.create();
        String script = "trap 'exit 0' TERM; seq 1 200; while :; do sleep 0.1; done";
        engine.run("nginx-proxy", script);
        engine.run("worker", script);
        return engine;
    }

    /** Without sign-in, and with a record. */
    static FuzzedProgram open(TestEngine engine, Path folder) {
        return start(
                engine, Map.of("RELAY_RECORD_FOLDER", folder.resolve("record").toString()));
    }

    /** With the user anna, an admin, and a token for the controller. */
    static FuzzedProgram openForUsers(TestEngine engine, Path folder) {
        Map<String, String> settings = Map.of(
                "RELAY_RECORD_FOLDER",
                folder.resolve("record").toString(),
                "RELAY_SIGN_IN",
                "users",
                "RELAY_DATA_FOLDER",
                folder.resolve("data").toString(),
                "CONTROLLER_TOKEN",
                CONTROLLER_TOKEN);
        command(settings, "user add anna --role admin");
        return start(engine, settings);
    }

    private static FuzzedProgram start(TestEngine engine, Map<String, String> settings) {
        SplitDeployment deployment = SplitDeployment.open(engine, settings);
        return new FuzzedProgram(deployment);
    }

    String relay() {
        return "http://127.0.0.1:" + deployment.port();
    }

    String controller() {
        return "http://127.0.0.1:" + deployment.apiPort();
    }

    SplitDeployment deployment() {
        return deployment;
    }

    /** The cookie of a new session of anna. */
    String session() {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(relay() + "/api/session"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"anna\",\"password\":\"" + PASSWORD + "\"}"))
                .build());
        return answer.headers()
                .firstValue("Set-Cookie")
                .map(cookie -> cookie.split(";", 2)[0])
                .orElseThrow(() -> new AssertionError(answer.statusCode() + " " + answer.body()));
    }

    /** A new token of anna with every right. */
    String token() {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(relay() + "/api/tokens"))
                .header("Content-Type", "application/json")
                .header("Origin", relay())
                .header("Cookie", session())
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"fuzzer\",\"permissions\":[\"view\",\"stats\","
                        + "\"inspect\",\"logs\",\"control\",\"audit\",\"admin\"]}"))
                .build());
        return answer.body().replaceFirst("(?s).*\"secret\":\"([^\"]+)\".*", "$1");
    }

    @Override
    public void close() {
        deployment.close();
    }

    static HttpResponse<String> send(HttpRequest request) {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(request.method() + " " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void command(Map<String, String> settings, String arguments) {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put(
                "JAVA", Path.of(System.getProperty("java.home"), "bin", "java").toString());
        environment.put("JAR", Checkout.jar().toString());
        new Shell(environment).run("echo '" + PASSWORD + "' | \"$JAVA\" -jar \"$JAR\" " + arguments);
    }
}
