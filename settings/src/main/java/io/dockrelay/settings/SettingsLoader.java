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
 * Loads one role's settings by vertx-config: the packed defaults, then a conf file or a verticle's own
 * {@code config()}, then the environment. May be called on any thread; nothing is left running afterwards.
 *
 * <p>A program that deploys the verticles itself may put an object {@value #ENVIRONMENT} into their config: its members
 * are then the environment, and the process's own is not looked at.
 */
public final class SettingsLoader {

    /** In a verticle's config: stands in for the process's environment. */
    public static final String ENVIRONMENT = "environment";

    private final Vertx vertx;

    public SettingsLoader(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * Fails with {@link WrongSettings}. From its first step on a worker: formats may look at the disk, and this is where
     * a program meets JSON and vertx-config for the first time, which takes an event loop's time to load.
     */
    public <T> Future<T> load(Catalogue catalogue, JsonObject config, Function<SettingsReader, T> settings) {
        return vertx.executeBlocking(() -> sources(catalogue, config))
                .compose(sources -> retrieve(sources.values())
                        .compose(values -> retrieve(sources.environment())
                                .map(variables -> new SettingsReader(catalogue, values, texts(variables)))))
                .compose(reader -> vertx.executeBlocking(() -> reader.read(settings)));
    }

    /** Where one role's settings come from. */
    private record Sources(ConfigRetriever values, ConfigRetriever environment) {}

    private Sources sources(Catalogue catalogue, JsonObject config) {
        JsonObject own = config.copy();
        JsonObject standIn = own.getJsonObject(ENVIRONMENT);
        own.remove(ENVIRONMENT);
        return new Sources(
                retriever(List.of(json(catalogue.defaults()), json(own))),
                retriever(List.of(standIn == null ? processEnvironment() : json(standIn))));
    }

    /** What a conf folder says about a role, for a verticle's config; empty when it has no such file. */
    public Future<JsonObject> readFile(Path folder, Catalogue catalogue) {
        String path = folder.resolve(catalogue.file()).toString();
        return vertx.fileSystem()
                .exists(path)
                .compose(there ->
                        there ? retrieve(retriever(List.of(file(path)))) : Future.succeededFuture(new JsonObject()))
                .recover(broken -> Future.failedFuture(new WrongSettings(
                        List.of(path + " cannot be read as a JSON object: " + firstLine(broken.getMessage()) + "."))));
    }

    private static Future<JsonObject> retrieve(ConfigRetriever retriever) {
        return retriever.getConfig().eventually(retriever::close);
    }

    /** One reading, no watching: settings are checked once, at start. */
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

    /** Raw: whether "1" is a number or a name is for each key's format to say. */
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
