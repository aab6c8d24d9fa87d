package io.dockrelay.deploy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

import io.dockrelay.settings.ClusterSettings;
import io.dockrelay.settings.ControllerSettings;
import io.dockrelay.settings.RelaySettings;
import io.dockrelay.settings.Secret;
import io.dockrelay.settings.SettingsException;
import io.dockrelay.settings.SettingsLoader;
import io.dockrelay.settings.SettingsSchema;

/**
 * Reads and checks the configuration of all roles of a process before anything starts, so that one start reports every
 * error. The verticles read theirs again, from the config that they are deployed with.
 */
final class Configuration {

    private final Vertx vertx;
    private final Optional<Path> folder;
    private final Arguments.Run run;

    /**
     * The checked configuration of the process.
     *
     * @param cluster empty on a single node
     * @param configs of each role, for its verticle
     * @param verticles of the user
     * @param token of the calls to controllers in other programs, where no role has it; empty for none
     */
    record Checked(
            Optional<ClusterSettings> cluster,
            Map<Role, JsonObject> configs,
            List<Deployment.Part> verticles,
            Optional<Secret> token) {}

    Configuration(Vertx vertx, Optional<Path> folder, Arguments.Run run) {
        this.vertx = vertx;
        this.folder = folder;
        this.run = run;
    }

    /** Fails with one {@link SettingsException} for all errors. */
    Future<Checked> read() {
        Future<JsonObject> clusterFile = file(ClusterSettings.SCHEMA);
        Map<Role, Future<JsonObject>> files = new EnumMap<>(Role.class);
        run.roles().forEach(role -> files.put(role, file(role.schema())));
        return allOf(Stream.concat(Stream.of(clusterFile), files.values().stream())
                        .toList())
                .compose(read -> check(clusterFile.result(), results(files)));
    }

    private Future<Checked> check(JsonObject clusterConfig, Map<Role, JsonObject> configs) {
        Future<Optional<ClusterSettings>> cluster = ClusterSettings.load(vertx, clusterConfig)
                .map(settings -> Optional.of(settings).filter(given -> run.cluster() || given.clustered()));
        return cluster.transform(result -> {
            boolean onABus = run.roles().size() > 1
                    || (result.succeeded() && result.result().isPresent());
            configs.computeIfPresent(Role.RELAY, (role, config) -> onABus ? withoutLocalController(config) : config);
            List<Future<?>> checks = new ArrayList<>(List.of(cluster));
            // One after the other: the controller makes the file of a token, which the relay reads.
            configs.forEach((role, config) -> checks.add(
                    checks.getLast().transform(before -> check(role, config).mapEmpty())));
            OwnVerticles own = new OwnVerticles(vertx, folder);
            return allOf(checks)
                    .compose(right -> own.parts(run.verticles()))
                    .compose(parts ->
                            token(cluster.result()).map(token -> new Checked(cluster.result(), configs, parts, token)));
        });
    }

    /** A program without a role uses controllers like a relay, with the relay's setting. */
    private Future<Optional<Secret>> token(Optional<ClusterSettings> cluster) {
        return run.roles().isEmpty() && cluster.isPresent()
                ? file(RelaySettings.SCHEMA)
                        .compose(config -> RelaySettings.load(vertx, config))
                        .map(relay -> relay.uplink().token())
                : Future.succeededFuture(Optional.empty());
    }

    /** A relay with its controllers on its bus connects to configured controllers only. */
    private static JsonObject withoutLocalController(JsonObject config) {
        return config.put(RelaySettings.LOCAL_CONTROLLER_KEY, false);
    }

    private Future<?> check(Role role, JsonObject config) {
        return switch (role) {
            case CONTROLLER -> ControllerSettings.load(vertx, config);
            case RELAY -> RelaySettings.load(vertx, config);
        };
    }

    private Future<JsonObject> file(SettingsSchema schema) {
        return folder.map(path -> new SettingsLoader(vertx).readFile(path, schema))
                .orElseGet(() -> Future.succeededFuture(new JsonObject()));
    }

    private static Map<Role, JsonObject> results(Map<Role, Future<JsonObject>> files) {
        Map<Role, JsonObject> results = new EnumMap<>(Role.class);
        files.forEach((role, file) -> results.put(role, file.result()));
        return results;
    }

    /** Waits for all and merges their settings errors into one failure; any other failure takes precedence. */
    private static Future<Void> allOf(List<? extends Future<?>> futures) {
        return Future.join(futures).transform(ended -> {
            List<Throwable> failures =
                    futures.stream().filter(Future::failed).map(Future::cause).toList();
            return failures.isEmpty() ? Future.succeededFuture() : Future.failedFuture(oneOf(failures));
        });
    }

    private static Throwable oneOf(List<Throwable> failures) {
        List<String> problems = new ArrayList<>();
        for (Throwable failure : failures) {
            if (!(failure instanceof SettingsException wrong)) {
                return failure;
            }
            problems.addAll(wrong.problems());
        }
        return new SettingsException(problems);
    }
}
