package io.dockrelay.e2e.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.dockrelay.e2e.harness.Await;
import io.dockrelay.relay.signin.users.PasswordHash;
import io.dockrelay.relay.signin.users.Users;
import io.dockrelay.relay.signin.users.UsersFile;

/** The program with sign-in, and one user for each of some roles. */
final class RoleSessions implements AutoCloseable {

    private static final Duration STARTS = Duration.ofSeconds(60);
    private static final String PASSWORD = "correct horse battery";

    private final HttpClient http = HttpClient.newHttpClient();
    private final StartedProgram program;
    private final List<String> roles;

    private RoleSessions(StartedProgram program, List<String> roles) {
        this.program = program;
        this.roles = roles;
    }

    /** Returns at once. */
    static RoleSessions start(BenchContext stage, List<String> roles) throws IOException {
        Path folder = Files.createTempDirectory(stage.engine().folder(), "users");
        var file = new UsersFile(folder.resolve("users.json"));
        for (String role : roles) {
            PasswordHash password = PasswordHash.of(PASSWORD);
            Users unused = file.edit(users -> users.with(role, password, Set.of(role)));
        }
        Map<String, String> environment = stage.environment();
        environment.put("RELAY_SIGN_IN", "users");
        environment.put("RELAY_DATA_FOLDER", folder.toString());
        return new RoleSessions(StartedProgram.launch(environment, Topology.ONE_JVM, ""), roles);
    }

    StartedProgram program() {
        return program;
    }

    /** One cookie for each role; returns when the relay lists that container for all of them. */
    List<String> signIn(String container) throws Exception {
        program.awaitListening();
        List<String> cookies = new ArrayList<>();
        for (String role : roles) {
            String cookie = cookie(role);
            cookies.add(cookie);
            Await.until("the relay lists " + container + " for a " + role, STARTS, () -> lists(container, cookie));
        }
        return cookies;
    }

    private String cookie(String name) throws IOException, InterruptedException {
        String body = "{\"name\":\"" + name + "\",\"password\":\"" + PASSWORD + "\"}";
        HttpResponse<Void> answer = http.send(
                to("/api/session")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        return answer.headers()
                .firstValue("Set-Cookie")
                .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                .orElseThrow(() -> new IOException("no session for " + name + ": " + answer.statusCode()));
    }

    private boolean lists(String container, String cookie) {
        try {
            HttpRequest request = to("/api/data").header("Cookie", cookie).build();
            return http.send(request, HttpResponse.BodyHandlers.ofString())
                    .body()
                    .contains('"' + container + '"');
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + program.port() + path));
    }

    @Override
    public void close() {
        http.close();
        program.close();
    }
}
