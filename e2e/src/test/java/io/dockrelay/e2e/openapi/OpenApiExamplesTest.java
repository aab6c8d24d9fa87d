package io.dockrelay.e2e.openapi;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The OpenAPI files are consistent: with their own examples, and with each other. */
class OpenApiExamplesTest {

    private static final List<OpenApiDocument> FILES =
            List.of(OpenApiDocument.read("docs/openapi.yaml"), OpenApiDocument.read("docs/openapi-controller.yaml"));

    @Test
    void examplesAreAsTheirSchemas() {
        List<String> mistakes = new ArrayList<>();
        int examples = 0;
        for (OpenApiDocument file : FILES) {
            for (OpenApiDocument.Operation operation : file.operations().values()) {
                for (OpenApiDocument.Answer answer : operation.answers().values()) {
                    for (OpenApiDocument.Body body : answer.bodies()) {
                        for (Object example : body.examples()) {
                            examples++;
                            file.mistake(body, json(example))
                                    .ifPresent(mistake -> mistakes.add(operation.id() + ": " + mistake));
                        }
                    }
                }
            }
        }
        assertThat(mistakes).isEmpty();
        assertThat(examples).isGreaterThan(100);
    }

    @Test
    void eachOperationHasAnIdOfItsOwn() {
        for (OpenApiDocument file : FILES) {
            Set<String> ids = new HashSet<>();
            file.operations()
                    .forEach((route, operation) -> assertThat(ids.add(operation.id()))
                            .as(file.name() + " " + route)
                            .isTrue());
        }
    }

    /** What both programs send and take is described by the same words. */
    @Test
    void partsOfTheSameNameAreEqualInBothFiles() {
        for (String kind : List.of("schemas", "parameters", "headers", "responses")) {
            Map<String, Object> ofRelay = FILES.get(0).components(kind);
            FILES.get(1).components(kind).forEach((name, part) -> {
                if (ofRelay.containsKey(name) && !Set.of("Accepted", "Reached").contains(name)) {
                    assertThat(part).as(kind + " " + name).isEqualTo(ofRelay.get(name));
                }
            });
        }
    }

    @SuppressWarnings("unchecked")
    static Object json(Object yaml) {
        return yaml instanceof Map<?, ?> map
                ? new JsonObject((Map<String, Object>) map)
                : yaml instanceof List<?> list ? new JsonArray(list) : yaml;
    }
}
