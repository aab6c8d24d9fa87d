package io.dockrelay.relay.signin.oidc;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** npm's {@code oidc-provider} in a Node process, with the faults that a test chooses; see {@code web/oidc}. */
public final class RealProvider implements AutoCloseable {

    private static final Path WEB = Path.of("").toAbsolutePath().getParent().resolve("web");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final int port;
    private final int control;

    /**
     * @param port 0 for any
     * @param relay the address of the relay, without a slash at its end
     */
    public RealProvider(int port, String relay) {
        ProcessBuilder builder = new ProcessBuilder("node", "oidc/provider.mjs")
                .directory(WEB.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("ISSUER_PORT", Integer.toString(port));
        builder.environment().put("REDIRECT", relay + "/api/session/oidc/callback");
        builder.environment().put("LOGGED_OUT", relay + "/");
        try {
            process = builder.start();
            var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String line = out.readLine();
            if (line == null || !line.startsWith("ready ")) {
                throw new IllegalStateException(
                        "the provider of the tests does not start; the dashboard's npm packages are needed: " + line);
            }
            String[] words = line.split(" ", -1);
            this.port = Integer.parseInt(words[1]);
            this.control = Integer.parseInt(words[2]);
        } catch (IOException noNode) {
            throw new UncheckedIOException(noNode);
        }
    }

    public String issuer() {
        return "http://127.0.0.1:" + port;
    }

    /** As after the start. */
    public void reset() {
        JsonObject unused = command("reset", new JsonObject());
    }

    public void user(String name) {
        set("user", name);
    }

    /** @param fault of {@code web/oidc/faults.mjs}; null for none */
    public void fault(String fault) {
        set("fault", fault);
    }

    /** Whether each connection is cut. */
    public void away(boolean away) {
        set("away", away);
    }

    public void deny(boolean deny) {
        set("deny", deny);
    }

    public void groups(String user, String... names) {
        JsonObject unused =
                command("groups", new JsonObject().put("user", user).put("names", new JsonArray(List.of(names))));
    }

    /** Ends all that the user has allowed. */
    public void revoke(String user) {
        JsonObject unused = command("revoke", new JsonObject().put("user", user));
    }

    /** Signs with another key from now on. */
    public void rotate() {
        JsonObject unused = command("rotate", new JsonObject());
    }

    /** Requests so far. */
    public int requests(String path) {
        return command("count", new JsonObject().put("path", path)).getInteger("count");
    }

    private void set(String key, Object value) {
        JsonObject unused = command("set", new JsonObject().put(key, value));
    }

    private JsonObject command(String name, JsonObject body) {
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + control + "/" + name))
                            .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return new JsonObject(answer.body());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        http.close();
        process.destroyForcibly().onExit().join();
    }
}
