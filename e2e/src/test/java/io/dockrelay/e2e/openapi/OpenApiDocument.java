package io.dockrelay.e2e.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.SchemaRepository;

import io.dockrelay.listener.testing.OpenApiFile;

/**
 * The answers that an OpenAPI file promises. For clients the schemas allow more fields; here an object has only the fields of
 * its schema, so that the file has every field of the program.
 */
final class OpenApiDocument {

    private static final String BASE = "https://dockrelay.example/answers";

    private final String name;
    private final Map<String, Object> root;
    private final SchemaRepository schemas;

    /** By operation such as {@code GET /api/data}. */
    private final Map<String, Operation> operations = new TreeMap<>();

    /** The type and schema of one body. */
    record Body(String mediaType, String schema, List<Object> examples) {}

    /** @param required names of headers */
    record Answer(List<Body> bodies, List<String> required) {

        Optional<Body> body(String contentType) {
            String type = contentType.split(";", 2)[0].strip();
            return bodies.stream().filter(body -> body.mediaType().equals(type)).findFirst();
        }
    }

    /** One operation, by its statuses. */
    record Operation(String id, Map<Integer, Answer> answers) {}

    private OpenApiDocument(String name) {
        this.name = name;
        this.root = OpenApiFile.read(name).root();
        Map<String, Object> definitions =
                new LinkedHashMap<>(map(map(root.get("components")).get("schemas")));
        map(root.get("paths"))
                .forEach((path, item) -> map(item).forEach((method, operation) -> {
                    if (!method.equals("parameters")) {
                        String key = method.toUpperCase(Locale.ROOT) + " " + path;
                        operations.put(key, operation(map(operation), definitions));
                    }
                }));
        this.schemas = SchemaRepository.create(new JsonSchemaOptions()
                .setBaseUri(BASE)
                .setDraft(Draft.DRAFT202012)
                .setOutputFormat(OutputFormat.Basic));
        Map<String, Object> closed = new LinkedHashMap<>();
        definitions.forEach((key, schema) -> closed.put(key, closed(schema)));
        schemas.dereference(
                BASE, JsonSchema.of(new JsonObject().put("$defs", closed).copy()));
    }

    /** @param name such as {@code docs/openapi.yaml} */
    static OpenApiDocument read(String name) {
        return new OpenApiDocument(name);
    }

    String name() {
        return name;
    }

    Map<String, Operation> operations() {
        return operations;
    }

    Map<String, Object> components(String kind) {
        return map(map(root.get("components")).get(kind));
    }

    /** What is wrong with this JSON as such a body; empty if nothing is. */
    Optional<String> mistake(Body body, Object json) {
        OutputUnit result = schemas.validator(BASE + "#/$defs/" + body.schema()).validate(json);
        return result.getValid() ? Optional.empty() : Optional.of(String.valueOf(result.getErrors()));
    }

    private Operation operation(Map<String, Object> operation, Map<String, Object> definitions) {
        String id = (String) operation.get("operationId");
        Map<Integer, Answer> answers = new TreeMap<>();
        map(operation.get("responses"))
                .forEach((status, response) ->
                        answers.put(Integer.valueOf(status), answer(id + status, resolved(response), definitions)));
        return new Operation(id, answers);
    }

    private Answer answer(String id, Map<String, Object> response, Map<String, Object> definitions) {
        List<Body> bodies = new ArrayList<>();
        map(response.get("content")).forEach((type, content) -> {
            String schema = "answer-" + id + "-" + bodies.size();
            definitions.put(schema, map(content).getOrDefault("schema", Map.of()));
            Object example = map(content).get("example");
            bodies.add(new Body(type, schema, example == null ? List.of() : List.of(example)));
        });
        List<String> required = new ArrayList<>();
        map(response.get("headers")).forEach((header, value) -> {
            if (Boolean.TRUE.equals(resolved(value).get("required"))) {
                required.add(header);
            }
        });
        return new Answer(List.copyOf(bodies), List.copyOf(required));
    }

    private Map<String, Object> resolved(Object value) {
        Map<String, Object> given = map(value);
        if (!(given.get("$ref") instanceof String ref)) {
            return given;
        }
        Map<String, Object> at = root;
        for (String part : ref.substring(2).split("/", -1)) {
            at = map(at.get(part));
        }
        return at;
    }

    /** The same schema for the validator, in which an object has no other fields. */
    private static Object closed(Object schema) {
        if (schema instanceof List<?> list) {
            return list.stream().map(OpenApiDocument::closed).toList();
        }
        if (!(schema instanceof Map<?, ?>)) {
            return schema;
        }
        Map<String, Object> closed = new LinkedHashMap<>();
        map(schema)
                .forEach((key, value) -> closed.put(
                        key,
                        key.equals("$ref")
                                ? ((String) value).replace("#/components/schemas/", "#/$defs/")
                                : key.equals("enum") || key.equals("const") || key.startsWith("example")
                                        ? value
                                        : closed(value)));
        if (closed.get("properties") instanceof Map && "object".equals(closed.get("type"))) {
            closed.putIfAbsent("additionalProperties", false);
        }
        return closed;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }
}
