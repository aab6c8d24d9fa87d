package io.dockrelay.e2e.asyncapi;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.dockrelay.protocol.wire.WireJson;

/**
 * JSON schemas of the records that are messages, as Jackson writes them: every component with its type, its description and
 * whether it may be null or absent.
 */
final class JsonSchemas {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String PLACE = "#/components/schemas/";

    private final RecordTexts texts;
    private final Map<String, Object> schemas = new TreeMap<>();

    /** The type of each schema, so that no two have one name. */
    private final Map<String, Class<?>> types = new LinkedHashMap<>();

    JsonSchemas(RecordTexts texts) {
        this.texts = texts;
    }

    /** All schemas by name. */
    Map<String, Object> all() {
        return schemas;
    }

    /** A reference to the schema of a type, which is added. */
    Map<String, Object> reference(Class<?> type) {
        String name = nameOf(type);
        Class<?> other = types.putIfAbsent(name, type);
        if (other != null && other != type) {
            throw new IllegalStateException("two schemas are called " + name);
        }
        if (other == null) {
            schemas.put(name, Map.of());
            schemas.put(name, schema(type));
        }
        return Map.of("$ref", PLACE + name);
    }

    static String nameOf(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        boolean message = outer == null || outer.getSimpleName().endsWith("Message");
        return message ? type.getSimpleName() : outer.getSimpleName() + type.getSimpleName();
    }

    static String javaName(Class<?> type) {
        return type.getEnclosingClass() == null
                ? type.getSimpleName()
                : type.getEnclosingClass().getSimpleName() + "." + type.getSimpleName();
    }

    private Map<String, Object> schema(Class<?> type) {
        Map<String, Object> schema = new LinkedHashMap<>();
        describe(schema, texts.of(javaName(type)));
        if (type.isEnum()) {
            schema.putAll(values(type));
        } else if (type.isSealed()) {
            List<Object> kinds = new ArrayList<>();
            for (JsonSubTypes.Type kind : type.getAnnotation(JsonSubTypes.class).value()) {
                kinds.add(reference(kind.value()));
            }
            schema.put("oneOf", kinds);
        } else {
            object(schema, type);
        }
        return schema;
    }

    private static Map<String, Object> values(Class<?> type) {
        List<Object> values = new ArrayList<>();
        for (Object constant : type.getEnumConstants()) {
            values.add(WireJson.read(WireJson.write(constant), Object.class));
        }
        boolean texts = values.stream().allMatch(String.class::isInstance);
        return texts ? new TreeMap<>(Map.of("type", "string", "enum", values)) : Map.of("enum", values);
    }

    private void object(Map<String, Object> schema, Class<?> type) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        kind(type, properties, required);
        add(type, properties, required);
        schema.put("type", "object");
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("properties", properties);
    }

    /** The property that says which of several records it is. */
    private static void kind(Class<?> type, Map<String, Object> properties, List<String> required) {
        for (Class<?> kind : type.getInterfaces()) {
            JsonTypeInfo info = kind.getAnnotation(JsonTypeInfo.class);
            if (info != null) {
                for (JsonSubTypes.Type sub :
                        kind.getAnnotation(JsonSubTypes.class).value()) {
                    if (sub.value() == type) {
                        properties.put(info.property(), Map.of("const", sub.name()));
                        required.add(info.property());
                    }
                }
            }
        }
    }

    private void add(Class<?> type, Map<String, Object> properties, List<String> required) {
        BeanDescription bean = MAPPER.getSerializationConfig().introspect(MAPPER.constructType(type));
        JsonInclude.Include ofType =
                bean.findPropertyInclusion(JsonInclude.Value.empty()).getValueInclusion();
        for (BeanPropertyDefinition property : bean.findProperties()) {
            AnnotatedMember accessor = property.getAccessor();
            if (accessor == null) {
                continue;
            }
            if (accessor.hasAnnotation(JsonUnwrapped.class)) {
                List<String> whole = new ArrayList<>();
                add(accessor.getRawType(), properties, whole);
                boolean always = !optional(property, ofType);
                required.addAll(always ? whole : List.of());
                continue;
            }
            String text = texts.component(javaName(type), property.getInternalName());
            boolean optional = optional(property, ofType);
            boolean nullable =
                    !optional && !accessor.getRawType().isPrimitive() && mayBeNull(accessor.getRawType(), text);
            Map<String, Object> value = new LinkedHashMap<>();
            describe(value, text);
            value.putAll(nullable ? orNull(value(accessor.getType())) : value(accessor.getType()));
            properties.put(property.getName(), value);
            if (!optional) {
                required.add(property.getName());
            }
        }
    }

    private static boolean optional(BeanPropertyDefinition property, JsonInclude.Include ofType) {
        JsonInclude.Include own = property.findInclusion() == null
                ? JsonInclude.Include.USE_DEFAULTS
                : property.findInclusion().getValueInclusion();
        JsonInclude.Include inclusion = own == JsonInclude.Include.USE_DEFAULTS ? ofType : own;
        return inclusion != JsonInclude.Include.ALWAYS && inclusion != JsonInclude.Include.USE_DEFAULTS;
    }

    /** What its text says, if there is one; numbers and truth values that are objects are so because they may be missing. */
    private static boolean mayBeNull(Class<?> type, String text) {
        boolean boxed = Number.class.isAssignableFrom(type) || type == Boolean.class;
        return boxed || text.isEmpty() || (text.matches("(?s).*\\bnull\\b.*") && !text.contains("never null"));
    }

    private static Map<String, Object> orNull(Map<String, Object> schema) {
        if (schema.get("type") instanceof String type && !schema.containsKey("enum")) {
            Map<String, Object> both = new LinkedHashMap<>(schema);
            both.put("type", List.of(type, "null"));
            return both;
        }
        return Map.of("oneOf", List.of(Map.of("type", "null"), schema));
    }

    private Map<String, Object> value(JavaType type) {
        Class<?> raw = type.getRawClass();
        if (Collection.class.isAssignableFrom(raw)) {
            return new TreeMap<>(Map.of("type", "array", "items", value(type.getContentType())));
        }
        if (Map.class.isAssignableFrom(raw)) {
            return new TreeMap<>(Map.of("type", "object", "additionalProperties", value(type.getContentType())));
        }
        if (raw == String.class) {
            return Map.of("type", "string");
        }
        if (raw == Instant.class) {
            return new TreeMap<>(Map.of("type", "string", "format", "date-time"));
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return Map.of("type", "boolean");
        }
        if (raw == double.class || raw == Double.class) {
            return Map.of("type", "number");
        }
        if (raw.isPrimitive() || Number.class.isAssignableFrom(raw)) {
            return Map.of("type", "integer");
        }
        if (raw == Object.class) {
            return Map.of();
        }
        BeanDescription bean = MAPPER.getSerializationConfig().introspect(type);
        AnnotatedMember written = raw.isEnum() ? null : bean.findJsonValueAccessor();
        return written == null ? reference(raw) : value(written.getType());
    }

    private static void describe(Map<String, Object> schema, String text) {
        if (!text.isEmpty()) {
            schema.put("description", text);
        }
    }
}
