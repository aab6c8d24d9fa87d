package io.dockrelay.settings;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

import io.vertx.core.json.JsonObject;

/**
 * Converts the merged JSON of one start into typed values and collects all errors, so that one start reports all of them.
 * Used once, on one thread; pure except for formats that read a file.
 *
 * <p>The environment overrides the conf file, the conf file overrides the defaults; a blank variable counts as unset.
 */
public final class SettingsReader {

    private final SettingsSchema schema;
    private final JsonObject defaults;
    private final JsonObject values;
    private final Map<String, String> environment;

    /** A value may be read twice. */
    private final Set<String> problems = new LinkedHashSet<>();

    /** @param values the conf file's keys over the defaults; each key of the schema is there */
    public SettingsReader(SettingsSchema schema, JsonObject values, Map<String, String> environment) {
        this.schema = schema;
        this.defaults = schema.defaults();
        this.values = values;
        this.environment = environment;
        refuseUnknownKeys();
    }

    /** Reads everything and throws {@link SettingsException} if there was an error. */
    public <T> T read(Function<SettingsReader, T> settings) {
        T read = settings.apply(this);
        if (!problems.isEmpty()) {
            throw new SettingsException(List.copyOf(problems));
        }
        return read;
    }

    /** The typed value; the default for an invalid one, so that reading finds the next error. */
    public <T> T get(Key<T> key) {
        Optional<String> text = text(key);
        Object json = values.getValue(key.name());
        Optional<T> value = text.isPresent()
                ? key.format().fromText().apply(text.get())
                : Optional.ofNullable(json).flatMap(key.format().fromJson());
        return value.orElseGet(() -> {
            wrong(key, "must be " + key.format().expected());
            return byDefault(key);
        });
    }

    /** Adds an error that depends on several values. */
    public void wrong(Key<?> key, String remark) {
        problems.add(schema.file() + ": " + key.title() + " is " + shown(key) + ", but " + remark + ".");
    }

    /** A variable of the environment, stripped; empty if it is unset or blank. */
    Optional<String> environment(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    private Optional<String> text(Key<?> key) {
        return environment(key.environment());
    }

    private <T> T byDefault(Key<T> key) {
        return key.format().fromJson().apply(defaults.getValue(key.name())).orElseThrow();
    }

    private String shown(Key<?> key) {
        if (key.secret()) {
            return "set to something else (not shown)";
        }
        Object json = values.getValue(key.name());
        String value = text(key).map(JsonText::of).orElseGet(() -> JsonText.of(json));
        return value.replaceAll("//[^/@\"]*@", "//***@");
    }

    private void refuseUnknownKeys() {
        Map<String, Key<?>> known = new HashMap<>();
        schema.keys().forEach(key -> known.put(key.name(), key));
        for (String name : new TreeSet<>(values.fieldNames())) {
            if (!known.containsKey(name)) {
                String nearest = NearestName.of(name, known.keySet());
                problems.add(
                        schema.file() + ": there is no key \"" + name + "\"; the nearest one is \"" + nearest + "\".");
            }
        }
    }
}
