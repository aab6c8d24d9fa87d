package io.dockrelay.e2e.openapi;

import java.util.List;
import java.util.stream.Stream;

/**
 * A request to each operation of the OpenAPI files, and the status of its answer. Whoever adds a route adds a row. HEAD is
 * asked wherever GET is.
 */
final class DocumentedRequests {

    private static final String JSON_OF_TOKEN = "{\"name\":\"ci\",\"permissions\":[\"view\",\"logs\"],\"days\":7}";

    private DocumentedRequests() {}

    /** How a client presents itself. */
    enum As {
        ANONYMOUS,
        USER,
        TOKEN
    }

    /**
     * One request.
     *
     * @param operation as in the file
     * @param target its path with values, and a query
     * @param body null for none
     */
    record Row(String operation, String target, As as, String body, int status) {

        String method() {
            return operation.split(" ", 2)[0];
        }
    }

    private static Row row(String operation, String target, int status) {
        return new Row(operation, target, As.ANONYMOUS, null, status);
    }

    private static Row user(String operation, String target, int status) {
        return new Row(operation, target, As.USER, null, status);
    }

    private static Row body(String operation, As as, String body, int status) {
        return new Row(operation, operation.split(" ", 2)[1], as, body, status);
    }

    /** For both programs, of which the relay has the paths below {@code /api}. */
    private static Stream<Row> ofContainers(String api) {
        String name = api + "/container/{name}";
        String web = api + "/container/nginx-proxy";
        String none = api + "/container/nonesuch";
        return Stream.of(
                row("GET " + name + "/logs", web + "/logs?tail=3", 200),
                row("GET " + name + "/logs", web + "/logs?around=2025-11-25T22:52:30Z&limit=2", 200),
                row("GET " + name + "/logs", web + "/logs?tail=many", 400),
                row("GET " + name + "/logs", none + "/logs", 404),
                row("GET " + name + "/logs/download", web + "/logs/download", 200),
                row("GET " + name + "/logs/download", web + "/logs/download?format=jsonl", 200),
                row("GET " + name + "/logs/download", web + "/logs/download?format=xml", 400),
                row("GET " + name + "/logs/search", web + "/logs/search?text=7&levels=other&limit=3", 200),
                row("GET " + name + "/logs/search", web + "/logs/search?regex=(", 400),
                row("GET " + name + "/logs/search", none + "/logs/search", 404),
                row("GET " + api + "/containers/logs/search", api + "/containers/logs/search?text=7&limit=5", 200),
                row(
                        "GET " + api + "/containers/logs/search",
                        api + "/containers/logs/search?container=worker&container=nonesuch",
                        200),
                row("GET " + name + "/details", web + "/details", 200),
                row("GET " + name + "/details", none + "/details", 404),
                row("GET " + name + "/stats/history", web + "/stats/history?step=60", 200),
                row("GET " + name + "/stats/history", web + "/stats/history?step=0", 400),
                row("GET " + api + "/stats/history", api + "/stats/history", 200),
                row("POST " + name + "/stop", api + "/container/worker/stop?wait=30", 200),
                row("POST " + name + "/start", api + "/container/worker/start?wait=30", 200),
                row("POST " + name + "/restart", api + "/container/worker/restart", 202),
                row("POST " + name + "/restart", api + "/container/worker/restart?wait=0", 400),
                row("POST " + name + "/kill", api + "/container/worker/kill?wait=30", 200),
                row("POST " + name + "/start", api + "/container/worker/start?wait=30", 200),
                row("POST " + name + "/kill", none + "/kill", 404));
    }

    static List<Row> ofController() {
        return Stream.concat(
                        Stream.of(
                                row("GET /health", "/health", 200),
                                row("OPTIONS /health", "/health", 200),
                                row("GET /containers", "/containers", 200),
                                row("GET /container/{name}/status", "/container/worker/status", 200),
                                row("GET /container/{name}/status", "/container/nonesuch/status", 404)),
                        ofContainers(""))
                .toList();
    }

    /** Without sign-in. */
    static List<Row> ofOpenRelay() {
        return Stream.concat(
                        Stream.of(
                                row("GET /", "/", 200),
                                row("GET /ws", "/ws", 426),
                                row("GET /api/data", "/api/data", 200),
                                row("GET /api/health", "/api/health", 200),
                                row("OPTIONS /api/health", "/api/health", 200),
                                row("GET /api/session", "/api/session?origin=http://localhost:1", 200),
                                row("GET /api/doctor", "/api/doctor", 200),
                                row("GET /api/controllers", "/api/controllers", 200),
                                row("GET /api/controllers", "/api/controllers?label=region=eu", 200),
                                row("GET /api/controllers", "/api/controllers?label=", 400),
                                row("GET /api/hosts", "/api/hosts", 200),
                                row("DELETE /api/hosts/{name}", "/api/hosts/nonesuch", 404),
                                body("POST /api/session", As.ANONYMOUS, "{\"name\":\"a\",\"password\":\"b\"}", 404),
                                row("DELETE /api/session", "/api/session", 404),
                                row("DELETE /api/session/everywhere", "/api/session/everywhere", 404),
                                body("POST /api/setup", As.ANONYMOUS, "{\"token\":\"x\"}", 404),
                                row("GET /api/enrolments", "/api/enrolments", 200),
                                row("DELETE /api/enrolments/{id}", "/api/enrolments/nonesuch", 404),
                                body("POST /api/enrol", As.ANONYMOUS, "{}", 400),
                                row("GET /api/dial", "/api/dial", 426),
                                row("POST /api/ticket", "/api/ticket", 409),
                                row("GET /api/tokens", "/api/tokens", 409)),
                        Stream.concat(
                                ofContainers("/api"),
                                // After the actions, so that there is something in them.
                                Stream.of(
                                        row("GET /api/changes", "/api/changes?limit=50", 200),
                                        row("GET /api/changes", "/api/changes?since=yesterday", 400),
                                        row("GET /api/record", "/api/record?outcome=done,refused", 200),
                                        row("GET /api/record", "/api/record?limit=-1", 400),
                                        row("GET /api/record/export", "/api/record/export", 200),
                                        row("DELETE /api/controllers/{id}", "/api/controllers/edge-1", 409),
                                        row("DELETE /api/controllers/{id}", "/api/controllers/nonesuch", 404))))
                .toList();
    }

    /** With users, of which one is signed in. */
    static List<Row> ofRelayWithUsers() {
        return List.of(
                row("GET /api/health", "/api/health", 200),
                row("GET /api/data", "/api/data", 401),
                user("GET /api/data", "/api/data", 200),
                row("GET /api/session", "/api/session", 200),
                user("GET /api/session", "/api/session", 200),
                body("POST /api/session", As.ANONYMOUS, "{\"name\":\"anna\",\"password\":\"wrong\"}", 401),
                body("POST /api/session", As.ANONYMOUS, "not JSON", 400),
                body("POST /api/session", As.ANONYMOUS, "\"" + "x".repeat(5000) + "\"", 413),
                body("POST /api/session", As.ANONYMOUS, null, 415),
                body("POST /api/setup", As.ANONYMOUS, "{\"token\":\"x\",\"name\":\"a\",\"password\":\"b\"}", 403),
                body("POST /api/tokens", As.USER, JSON_OF_TOKEN, 201),
                body("POST /api/tokens", As.USER, JSON_OF_TOKEN, 409),
                body("POST /api/tokens", As.USER, "{\"names\":\"ci\"}", 400),
                user("GET /api/tokens", "/api/tokens", 200),
                user("DELETE /api/tokens/{id}", "/api/tokens/nonesuch", 404),
                new Row("POST /api/ticket", "/api/ticket", As.TOKEN, null, 201),
                user("POST /api/ticket", "/api/ticket", 403),
                new Row("GET /api/tokens", "/api/tokens", As.TOKEN, null, 403),
                new Row("DELETE /api/session/everywhere", "/api/session/everywhere", As.TOKEN, null, 403),
                row("DELETE /api/session", "/api/session", 200),
                body("POST /api/hosts", As.USER, "{\"name\":\"berlin\",\"url\":\"ws://127.0.0.1:9\"}", 201),
                body("POST /api/hosts", As.USER, "{\"names\":\"berlin\"}", 400),
                user("DELETE /api/hosts/{name}", "/api/hosts/berlin", 200),
                body("POST /api/enrolments", As.USER, "{\"name\":\"cellar\",\"minutes\":5}", 201),
                user("GET /api/enrolments", "/api/enrolments", 200),
                user("DELETE /api/session/everywhere", "/api/session/everywhere", 200));
    }

    /** What needs an identity provider: OidcSignInTest of relay-verticle has it. */
    static List<String> elsewhere() {
        return List.of("POST /api/session/oidc", "GET /api/session/oidc/callback");
    }
}
