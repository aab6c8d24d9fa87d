package io.dockrelay.listener.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import org.yaml.snakeyaml.Yaml;

/** One of the OpenAPI files in {@code docs/}, as the routes are compared with it. */
public final class OpenApiFile {

    private static final Set<String> METHODS =
            Set.of("get", "head", "post", "put", "patch", "delete", "options", "trace");

    /** The page has every path outside of {@code /api}: its route is a regular expression. */
    private static final String PAGE = "/";

    private final String name;
    private final Map<String, Object> root;

    private OpenApiFile(String name, Map<String, Object> root) {
        this.name = name;
        this.root = root;
    }

    /** @param name such as {@code docs/openapi.yaml} */
    public static OpenApiFile read(String name) {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("protocol/pom.xml"))) {
            folder = folder.getParent();
        }
        try {
            return new OpenApiFile(name, new Yaml().load(Files.readString(folder.resolve(name))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The whole file: maps, lists and values, as YAML has them. */
    public Map<String, Object> root() {
        return root;
    }

    /** Each operation, such as {@code GET /api/data}. */
    public Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        paths().forEach((path, item) -> item.keySet().stream()
                .filter(METHODS::contains)
                .forEach(method -> operations.add(method.toUpperCase(Locale.ROOT) + " " + path)));
        return operations;
    }

    /**
     * What to do so that each route of these routers has an operation, and each operation a route; nothing if that is so.
     *
     * @param code where the routes are mounted, for the sentences
     */
    public List<String> differences(Collection<Router> routers, String code) {
        Set<String> served = routers.stream()
                .flatMap(router -> router.getRoutes().stream())
                .flatMap(OpenApiFile::operations)
                .collect(Collectors.toCollection(TreeSet::new));
        List<String> differences = new ArrayList<>();
        served.stream()
                .filter(route -> !operations().contains(route))
                .forEach(route -> differences.add(missing(route)));
        operations().stream()
                .filter(operation -> !served.contains(operation))
                .forEach(operation -> differences.add("No route serves " + operation + ": remove it from " + name
                        + ", or mount the route in " + code + "."));
        return differences;
    }

    private String missing(String route) {
        String[] parts = route.split(" ", 2);
        String method = parts[0].toLowerCase(Locale.ROOT);
        return "The route " + route + " is not in " + name + ". Add \"" + method + ":\" below \"paths:\", \"" + parts[1]
                + ":\", with operationId, tags, summary, parameters with their bounds, each status with its body, and an"
                + " example; copy the operation of a similar path. Then add a request to"
                + " e2e/src/test/java/io/dockrelay/e2e/openapi/DocumentedRequests.java. See \"Add a route\" in"
                + " CONTRIBUTING.md.";
    }

    @SuppressWarnings("unchecked")
    private Map<String, Map<String, Object>> paths() {
        return (Map<String, Map<String, Object>>) root.get("paths");
    }

    /** A route of all methods is a step before others, and no operation. */
    private static Stream<String> operations(Route route) {
        String path = route.getPath() == null ? PAGE : route.getPath().replaceAll(":([A-Za-z]+)", "{$1}");
        return route.methods() == null
                ? Stream.empty()
                : route.methods().stream().map(method -> method.name() + " " + path);
    }
}
