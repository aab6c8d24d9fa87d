package io.dockrelay.controller.inventory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads the services out of compose files, and nothing else of them: no variables, no includes. Anchors and merge keys
 * are resolved, Compose's own tags ({@code !reset}) left out. Pure.
 */
final class ComposeFile {

    private ComposeFile() {}

    /**
     * The services of several files that belong together, later ones over earlier ones.
     *
     * @param project by the settings; where it is empty, the files' own {@code name}
     * @throws IllegalArgumentException when one is not YAML, or not a compose file; the message says what is wrong
     */
    static List<ComposeService> services(List<String> yamlTexts, Optional<String> project) {
        List<Map<?, ?>> files = yamlTexts.stream().map(ComposeFile::parse).toList();
        String name = project.or(() -> files.stream()
                        .flatMap(file -> Stream.ofNullable(plain(file.get("name"))))
                        .reduce((earlier, later) -> later))
                .orElse(null);
        Map<String, ComposeService> services = new LinkedHashMap<>();
        for (Map<?, ?> file : files) {
            mapping(file.get("services"), "services").forEach((key, body) -> {
                String service = String.valueOf(key);
                services.merge(service, service(name, service, body), ComposeFile::over);
            });
        }
        return List.copyOf(services.values());
    }

    private static ComposeService service(String project, String name, Object body) {
        Map<?, ?> fields = mapping(body, "services." + name);
        return new ComposeService(project, name, plain(fields.get("image")), plain(fields.get("container_name")));
    }

    private static ComposeService over(ComposeService earlier, ComposeService later) {
        return new ComposeService(
                later.project(),
                later.name(),
                later.image() == null ? earlier.image() : later.image(),
                later.containerName() == null ? earlier.containerName() : later.containerName());
    }

    private static Map<?, ?> parse(String text) {
        var options = new LoaderOptions();
        options.setMaxAliasesForCollections(1000);
        try {
            Object file = new Yaml(new Tolerant(options)).load(text);
            return mapping(file, "the file");
        } catch (org.yaml.snakeyaml.error.YAMLException broken) {
            throw new IllegalArgumentException("not YAML: " + broken.getMessage(), broken);
        }
    }

    private static Map<?, ?> mapping(Object value, String what) {
        if (value == null) {
            return Map.of();
        }
        if (value instanceof Map<?, ?> mapping) {
            return mapping;
        }
        throw new IllegalArgumentException(what + " is not a mapping");
    }

    /** Null for what is no text, and for what is known only when Compose has put its variables in. */
    private static String plain(Object value) {
        return value instanceof String text && !text.contains("$") ? text : null;
    }

    /** A tag nobody knows makes a value null instead of the file unreadable. */
    private static final class Tolerant extends SafeConstructor {

        Tolerant(LoaderOptions options) {
            super(options);
            yamlConstructors.put(null, new AbstractConstruct() {
                @Override
                public Object construct(Node node) {
                    return null;
                }
            });
        }
    }
}
