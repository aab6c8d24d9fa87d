package io.dockrelay.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

import io.vertx.core.json.JsonObject;

/**
 * Turns the merged JSON of one start into typed values and gathers whatever is wrong, so that one start names all of
 * it. Made for one reading, on one thread; pure but for formats that look at a file.
 *
 * <p>The environment wins over the conf file, the conf file over the defaults; a blank variable counts as unset.
 */
public final class SettingsReader {

    private final Catalogue catalogue;
    private final JsonObject defaults;
    private final JsonObject values;
    private final Map<String, String> environment;
    private final List<String> problems = new ArrayList<>();

    /** @param values the conf file's keys over the defaults; each key of the catalogue is there */
    public SettingsReader(Catalogue catalogue, JsonObject values, Map<String, String> environment) {
        this.catalogue = catalogue;
        this.defaults = catalogue.defaults();
        this.values = values;
        this.environment = environment;
        refuseUnknownKeys();
    }

    /** Reads everything and throws {@link WrongSettings} when anything was wrong. */
    public <T> T read(Function<SettingsReader, T> settings) {
        T read = settings.apply(this);
        if (!problems.isEmpty()) {
            throw new WrongSettings(problems);
        }
        return read;
    }

    /** The typed value; of a wrong one the default, so that reading goes on and finds the next wrong one. */
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

    /** Adds a problem that only shows when values are seen together. */
    public void wrong(Key<?> key, String remark) {
        problems.add(catalogue.file() + ": " + key.title() + " is " + shown(key) + ", but " + remark + ".");
    }

    /** The process's environment, as far as it was given. */
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
        catalogue.keys().forEach(key -> known.put(key.name(), key));
        for (String name : new TreeSet<>(values.fieldNames())) {
            if (!known.containsKey(name)) {
                String nearest = NearestName.of(name, known.keySet());
                problems.add(catalogue.file() + ": there is no key \"" + name + "\"; the nearest one is \"" + nearest
                        + "\".");
            }
        }
    }
}
