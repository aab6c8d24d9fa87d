package io.dockrelay.controller.inventory;

import java.util.HashMap;
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
 * Reads the services of compose files, and nothing else: no variables, no includes. Resolves anchors and merge keys, ignores
 * Compose's own tags ({@code !reset}). Pure.
 */
final class ComposeFile {

    private ComposeFile() {}

    /**
     * The services of several files that belong together; later files override earlier ones.
     *
     * @param project from the settings; if empty, the {@code name} in the files counts
     * @throws IllegalArgumentException when a file is not YAML, or not a compose file; the message says what is wrong
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
                services.merge(service, service(name, service, body), ComposeFile::overridden);
            });
        }
        return List.copyOf(services.values());
    }

    private static ComposeService service(String project, String name, Object body) {
        Map<?, ?> fields = mapping(body, "services." + name);
        return new ComposeService(
                project,
                name,
                plain(fields.get("image")),
                plain(fields.get("container_name")),
                labels(fields.get("labels")));
    }

    private static ComposeService overridden(ComposeService earlier, ComposeService later) {
        return new ComposeService(
                later.project(),
                later.name(),
                later.image() == null ? earlier.image() : later.image(),
                later.containerName() == null ? earlier.containerName() : later.containerName(),
                joined(earlier.labels(), later.labels()));
    }

    /** A mapping, or a list of {@code name=value}; anything else is no label. */
    private static Map<String, String> labels(Object value) {
        Map<String, String> labels = new HashMap<>();
        if (value instanceof Map<?, ?> mapping) {
            mapping.forEach((name, text) -> labels.put(String.valueOf(name), text == null ? "" : text.toString()));
        } else if (value instanceof List<?> list) {
            for (Object element : list) {
                String[] parts = String.valueOf(element).split("=", 2);
                labels.put(parts[0], parts.length < 2 ? "" : parts[1]);
            }
        }
        return labels;
    }

    private static Map<String, String> joined(Map<String, String> earlier, Map<String, String> later) {
        Map<String, String> labels = new HashMap<>(earlier);
        labels.putAll(later);
        return labels;
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

    /** Null for a value that is no text, or that contains variables of Compose. */
    private static String plain(Object value) {
        return value instanceof String text && !text.contains("$") ? text : null;
    }

    /** An unknown tag makes its value null, instead of making the file unreadable. */
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
