package io.dockrelay.record;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;

/**
 * The values of a JSON object, by name. Methods throw IllegalArgumentException where a value is not of the kind asked for. For
 * one thread.
 */
final class JsonValues {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Map<String, Object> values;

    private JsonValues(Map<String, Object> values) {
        this.values = values;
    }

    static JsonValues read(byte[] json) {
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("it is no JSON object");
            }
            JsonValues read = object(parser);
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("something follows its JSON object");
            }
            return read;
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("it is not JSON", unreadable);
        }
    }

    /** Null when it is absent. */
    String text(String name) {
        return (String) of(String.class, name);
    }

    String given(String name) {
        return (String) present(text(name), name);
    }

    /** Null when it is absent. */
    Long optionalNumber(String name) {
        return (Long) of(Long.class, name);
    }

    long number(String name) {
        return (Long) present(optionalNumber(name), name);
    }

    /** Null when it is absent. */
    JsonValues object(String name) {
        return (JsonValues) of(JsonValues.class, name);
    }

    /** Empty when it is absent. */
    List<JsonValues> objects(String name) {
        List<?> all = (List<?>) of(List.class, name);
        List<JsonValues> objects = new ArrayList<>();
        for (Object one : all == null ? List.of() : all) {
            if (!(one instanceof JsonValues object)) {
                throw new IllegalArgumentException("\"" + name + "\" has an element that is no object");
            }
            objects.add(object);
        }
        return objects;
    }

    private Object of(Class<?> kind, String name) {
        Object value = values.get(name);
        if (value != null && !kind.isInstance(value)) {
            throw new IllegalArgumentException("\"" + name + "\" has a value of another kind");
        }
        return value;
    }

    private static Object present(Object value, String name) {
        if (value == null) {
            throw new IllegalArgumentException("\"" + name + "\" is missing");
        }
        return value;
    }

    private static JsonValues object(JsonParser parser) throws IOException {
        Map<String, Object> values = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            Object value = value(parser, parser.nextToken());
            if (value != null) {
                values.put(name, value);
            }
        }
        return new JsonValues(values);
    }

    private static Object value(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NULL -> null;
            default -> throw new IllegalArgumentException("it has a value that no line has");
        };
    }

    private static List<Object> array(JsonParser parser) throws IOException {
        List<Object> all = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            Object value = value(parser, token);
            if (value != null) {
                all.add(value);
            }
        }
        return all;
    }
}
