package io.dockrelay.settings;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.vertx.config.ConfigRetriever;
import io.vertx.config.ConfigRetrieverOptions;
import io.vertx.config.ConfigStoreOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

/**
 * Loads one role's settings with vertx-config: the packed defaults, then a conf file or a verticle's own
 * {@code config()}, then the environment. May be called on any thread; leaves nothing running.
 *
 * <p>A program that deploys the verticles itself may put an object {@value #ENVIRONMENT} into their config: its members
 * then replace the process's environment.
 */
public final class SettingsLoader {

    /** In a verticle's config: replaces the process's environment. */
    public static final String ENVIRONMENT = "environment";

    private final Vertx vertx;

    public SettingsLoader(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * Fails with {@link SettingsException}. Runs on a worker, because formats may read the disk and because loading the
     * classes of JSON and vertx-config takes too long for an event loop.
     */
    public <T> Future<T> load(SettingsSchema schema, JsonObject config, Function<SettingsReader, T> settings) {
        return vertx.executeBlocking(() -> sources(schema, config))
                .compose(sources -> retrieve(sources.values())
                        .compose(values -> retrieve(sources.environment())
                                .map(variables -> new SettingsReader(schema, values, texts(variables)))))
                .compose(reader -> vertx.executeBlocking(() -> reader.read(settings)));
    }

    /** The sources of one role's settings. */
    private record Sources(ConfigRetriever values, ConfigRetriever environment) {}

    private Sources sources(SettingsSchema schema, JsonObject config) {
        JsonObject own = config.copy();
        JsonObject standIn = own.getJsonObject(ENVIRONMENT);
        own.remove(ENVIRONMENT);
        return new Sources(
                retriever(List.of(json(schema.defaults()), json(own))),
                retriever(List.of(standIn == null ? processEnvironment() : json(standIn))));
    }

    /**
     * A role's file in a conf folder, for a verticle's config; empty if there is no such file. One with a secret must be
     * readable by its owner only.
     */
    public Future<JsonObject> readFile(Path folder, SettingsSchema schema) {
        String path = folder.resolve(schema.file()).toString();
        return readJson(path).compose(read -> vertx.executeBlocking(() -> checkSecrets(path, schema, read)));
    }

    private static JsonObject checkSecrets(String path, SettingsSchema schema, JsonObject read) {
        for (Key<?> key : schema.keys()) {
            Object value = read.getValue(key.name());
            if (key.secret() && value != null && !value.equals("")) {
                SecretFiles.problem(Path.of(path)).ifPresent(problem -> {
                    throw new SettingsException(
                            List.of(path + " has a secret (" + key.name() + "), but " + problem + "."));
                });
            }
        }
        return read;
    }

    private Future<JsonObject> readJson(String path) {
        return vertx.fileSystem()
                .exists(path)
                .compose(there ->
                        there ? retrieve(retriever(List.of(file(path)))) : Future.succeededFuture(new JsonObject()))
                .recover(broken -> Future.failedFuture(new SettingsException(
                        List.of(path + " cannot be read as a JSON object: " + firstLine(broken.getMessage()) + "."))));
    }

    private static Future<JsonObject> retrieve(ConfigRetriever retriever) {
        return retriever.getConfig().eventually(retriever::close);
    }

    /** Reads once and does not watch: settings are checked at start only. */
    private ConfigRetriever retriever(List<ConfigStoreOptions> stores) {
        return ConfigRetriever.create(
                vertx,
                new ConfigRetrieverOptions()
                        .setIncludeDefaultStores(false)
                        .setScanPeriod(-1)
                        .setStores(stores));
    }

    private static ConfigStoreOptions json(JsonObject values) {
        return new ConfigStoreOptions().setType("json").setConfig(values);
    }

    private static ConfigStoreOptions file(String path) {
        return new ConfigStoreOptions().setType("file").setFormat("json").setConfig(new JsonObject().put("path", path));
    }

    /** Raw texts: the key's format decides whether "1" is a number or a name. */
    private static ConfigStoreOptions processEnvironment() {
        return new ConfigStoreOptions().setType("env").setConfig(new JsonObject().put("raw-data", true));
    }

    private static Map<String, String> texts(JsonObject environment) {
        Map<String, String> texts = new HashMap<>();
        environment.forEach(entry -> texts.put(entry.getKey(), String.valueOf(entry.getValue())));
        return texts;
    }

    private static String firstLine(String message) {
        return message == null ? "no reason given" : message.lines().findFirst().orElse("");
    }
}
