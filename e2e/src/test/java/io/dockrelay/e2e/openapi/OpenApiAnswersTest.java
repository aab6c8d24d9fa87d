package io.dockrelay.e2e.openapi;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.vertx.core.json.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.e2e.harness.Await;

import static org.assertj.core.api.Assertions.assertThat;

/** The answers of the real program have the statuses, types, headers and fields of the OpenAPI files, and no others. */
@Tag("engine")
class OpenApiAnswersTest {

    private static final OpenApiDocument RELAY = OpenApiDocument.read("docs/openapi.yaml");
    private static final OpenApiDocument CONTROLLER = OpenApiDocument.read("docs/openapi-controller.yaml");

    @TempDir
    private static Path folder;

    private static TestEngine engine;

    /** What a row does not have: how its client presents itself. */
    private record Client(String base, String session, String token) {}

    @BeforeAll
    static void open() {
        engine = FuzzedProgram.engine();
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @Test
    void eachOperationIsRequested() {
        assertThat(missing(RELAY, Stream.of(DocumentedRequests.ofOpenRelay(), DocumentedRequests.ofRelayWithUsers())))
                .containsExactlyInAnyOrderElementsOf(DocumentedRequests.elsewhere());
        assertThat(missing(CONTROLLER, Stream.of(DocumentedRequests.ofController())))
                .isEmpty();
    }

    @Test
    void openRelayAndControllerAnswerAsTheirFilesSay() {
        try (FuzzedProgram program = FuzzedProgram.open(engine, folder.resolve("open"))) {
            program.deployment().awaitConnected();
            Await.until(
                    "load",
                    Await.DEFAULT,
                    () -> program.deployment().relayApi().answers("/api/container/nginx-proxy/stats/history"));
            assertAnswers(RELAY, DocumentedRequests.ofOpenRelay(), new Client(program.relay(), null, null));
            assertAnswers(CONTROLLER, DocumentedRequests.ofController(), new Client(program.controller(), null, null));
        }
    }

    @Test
    void relayWithUsersAnswersAsItsFileSays() {
        try (FuzzedProgram program = FuzzedProgram.openForUsers(engine, folder.resolve("users"))) {
            var client = new Client(program.relay(), program.session(), program.token());
            assertAnswers(RELAY, DocumentedRequests.ofRelayWithUsers(), client);
        }
    }

    private static Set<String> missing(OpenApiDocument file, Stream<List<DocumentedRequests.Row>> rows) {
        Set<String> missing = new TreeSet<>(file.operations().keySet());
        rows.flatMap(List::stream).forEach(row -> {
            missing.remove(row.operation());
            missing.remove(row.operation().replaceFirst("^GET ", "HEAD "));
        });
        return missing;
    }

    private static void assertAnswers(OpenApiDocument file, List<DocumentedRequests.Row> rows, Client client) {
        List<String> mistakes = new ArrayList<>();
        for (DocumentedRequests.Row row : rows) {
            HttpResponse<String> answer = send(client, row, row.method());
            if (answer.statusCode() != row.status()) {
                mistakes.add(row + ": " + answer.statusCode() + " " + answer.body());
            }
            mistake(file, row.operation(), answer).ifPresent(mistake -> mistakes.add(row + ": " + mistake));
            String head = row.operation().replaceFirst("^GET ", "HEAD ");
            if (!head.equals(row.operation()) && file.operations().containsKey(head)) {
                HttpResponse<String> bare = send(client, row, "HEAD");
                if (bare.statusCode() != row.status() || !bare.body().isEmpty()) {
                    mistakes.add("HEAD of " + row + ": " + bare.statusCode());
                }
                mistake(file, head, bare).ifPresent(mistake -> mistakes.add("HEAD of " + row + ": " + mistake));
            }
        }
        assertThat(mistakes).as(file.name()).isEmpty();
    }

    private static HttpResponse<String> send(Client client, DocumentedRequests.Row row, String method) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(client.base() + row.target()));
        if (row.as() == DocumentedRequests.As.USER) {
            request.header("Cookie", client.session()).header("Origin", client.base());
        } else if (row.as() == DocumentedRequests.As.TOKEN) {
            request.header("Authorization", "Bearer " + client.token());
        }
        if (row.body() == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(row.body()));
        }
        return FuzzedProgram.send(request.build());
    }

    /** What the file does not say of this answer. */
    private static Optional<String> mistake(OpenApiDocument file, String operation, HttpResponse<String> response) {
        OpenApiDocument.Answer answer =
                file.operations().get(operation).answers().get(response.statusCode());
        if (answer == null) {
            return Optional.of("add the status " + response.statusCode() + " to " + operation + " in " + file.name());
        }
        for (String header : answer.required()) {
            if (response.headers().firstValue(header).isEmpty()) {
                return Optional.of("the answer has no " + header);
            }
        }
        if (response.body().isEmpty()) {
            return answer.bodies().isEmpty() ? Optional.empty() : Optional.of("the answer has no body");
        }
        String type = response.headers().firstValue("Content-Type").orElse("");
        return answer.body(type)
                .map(body -> mistake(file, body, response.body()))
                .orElseGet(
                        () -> Optional.of("add the content type " + type + " to " + operation + " in " + file.name()));
    }

    private static Optional<String> mistake(OpenApiDocument file, OpenApiDocument.Body body, String text) {
        return switch (body.mediaType()) {
            case "application/json" -> mistakeOfJson(file, body, text);
            case "application/x-ndjson" ->
                text.lines()
                        .map(line -> mistakeOfJson(file, body, line))
                        .flatMap(Optional::stream)
                        .findFirst();
            default -> file.mistake(body, text);
        };
    }

    private static Optional<String> mistakeOfJson(OpenApiDocument file, OpenApiDocument.Body body, String json) {
        return file.mistake(body, Json.decodeValue(json)).map(mistake -> mistake + " in " + json);
    }
}
