package io.dockrelay.protocol.rights;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * Reads a grants file:
 *
 * <pre>{"roles": {"restarter": ["view", "control"]},
 *  "grants": [{"group": "web", "role": "restarter", "host": "edge-*", "project": "shop"}]}</pre>
 *
 * <p>Strict: a field with a mistake in its name would grant more than is meant. Pure.
 */
public final class GrantsFormat {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Set<String> GRANTEES = Set.of("user", "group", "token", "everyone");
    private static final Set<String> FILE = Set.of("roles", "grants", "comment");
    private static final Set<String> GRANT =
            Set.of("user", "group", "token", "everyone", "role", "host", "project", "service", "label", "comment");

    private GrantsFormat() {}

    /**
     * @throws IllegalArgumentException with a sentence that names the place of the mistake
     */
    public static Grants read(byte[] json) {
        JsonNode file = parsed(json);
        check("the file", file, FILE);
        List<RoleDefinition> roles = roles(file.path("roles"));
        Grants named = new Grants(roles, List.of());
        List<Grant> grants = new ArrayList<>();
        JsonNode listed = file.path("grants");
        if (!listed.isArray()) {
            throw new IllegalArgumentException("\"grants\" must be a list");
        }
        for (JsonNode grant : listed) {
            grants.add(grant("grants[" + grants.size() + "]", grant, named));
        }
        return new Grants(roles, grants);
    }

    private static JsonNode parsed(byte[] json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException bad) {
            int line = bad.getLocation() == null ? 1 : bad.getLocation().getLineNr();
            throw new IllegalArgumentException("it is not JSON, see line " + line, bad);
        } catch (IOException impossible) {
            throw new IllegalArgumentException("it is not JSON", impossible);
        }
    }

    private static List<RoleDefinition> roles(JsonNode roles) {
        List<RoleDefinition> own = new ArrayList<>();
        if (!roles.isMissingNode() && !roles.isObject()) {
            throw new IllegalArgumentException("\"roles\" must be an object: a list of permissions for each name");
        }
        for (Map.Entry<String, JsonNode> role : roles.properties()) {
            if (Grants.NONE.role(role.getKey()).isPresent()) {
                throw new IllegalArgumentException("the role \"" + role.getKey() + "\" is built in; use another name");
            }
            own.add(new RoleDefinition(role.getKey(), permissions(role.getKey(), role.getValue())));
        }
        return own;
    }

    private static Set<Permission> permissions(String role, JsonNode names) {
        EnumSet<Permission> permissions = EnumSet.noneOf(Permission.class);
        for (String name : texts("roles." + role, names)) {
            permissions.add(Permission.of(name)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "roles." + role + ": there is no permission \"" + name + "\"; there are " + allNames())));
        }
        return permissions;
    }

    private static String allNames() {
        return Permission.ALL.stream().map(Permission::wireName).collect(Collectors.joining(", "));
    }

    private static Grant grant(String at, JsonNode grant, Grants roles) {
        check(at, grant, GRANT);
        String role = text(at + ".role", grant.path("role"));
        RoleDefinition known = roles.role(role)
                .orElseThrow(() -> new IllegalArgumentException(
                        at + ": there is no role \"" + role + "\"; there are " + roles.roleNames()));
        return new Grant(grantee(at, grant), known, place(at, grant));
    }

    private static Grantee grantee(String at, JsonNode grant) {
        List<String> named = GRANTEES.stream().filter(grant::has).toList();
        if (named.size() != 1) {
            throw new IllegalArgumentException(
                    at + " must have exactly one of \"user\", \"group\", \"token\" and \"everyone\"");
        }
        String kind = named.getFirst();
        if (kind.equals("everyone")) {
            if (!grant.get(kind).isBoolean() || !grant.get(kind).asBoolean()) {
                throw new IllegalArgumentException(at + ".everyone must be true");
            }
            return new Grantee.Everyone();
        }
        String name = text(at + "." + kind, grant.get(kind));
        return switch (kind) {
            case "user" -> new Grantee.User(name);
            case "group" -> new Grantee.Group(name);
            default -> new Grantee.Token(name);
        };
    }

    private static Place place(String at, JsonNode grant) {
        return new Place(
                patterns(at, grant, "host", NamePattern::new),
                patterns(at, grant, "project", NamePattern::new),
                patterns(at, grant, "service", NamePattern::new),
                patterns(at, grant, "label", LabelPattern::of));
    }

    /** An absent field limits nothing; so an empty list, which looks as if it allowed nothing, is refused. */
    private static <P> Set<P> patterns(String at, JsonNode grant, String field, Function<String, P> pattern) {
        if (!grant.has(field)) {
            return Set.of();
        }
        List<String> texts = texts(at + "." + field, grant.get(field));
        if (texts.isEmpty()) {
            throw new IllegalArgumentException(at + "." + field + " must not be empty; leave it out for all");
        }
        return texts.stream().map(pattern).collect(Collectors.toUnmodifiableSet());
    }

    /** A text, or a list of texts. */
    private static List<String> texts(String at, JsonNode value) {
        if (!value.isArray()) {
            return List.of(text(at, value));
        }
        Set<String> texts = new LinkedHashSet<>();
        value.forEach(one -> texts.add(text(at, one)));
        return List.copyOf(texts);
    }

    private static String text(String at, JsonNode value) {
        if (!value.isTextual() || value.asText().isBlank()) {
            throw new IllegalArgumentException(at + " must be a text that is not empty");
        }
        return value.asText();
    }

    private static void check(String at, JsonNode object, Set<String> known) {
        if (object == null || !object.isObject()) {
            throw new IllegalArgumentException(at + " must be a JSON object");
        }
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (!known.contains(field.getKey())) {
                throw new IllegalArgumentException(at + ": there is no field \"" + field.getKey() + "\"; there are "
                        + String.join(", ", new TreeSet<>(known)));
            }
        }
    }
}
