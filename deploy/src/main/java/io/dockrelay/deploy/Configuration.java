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

import io.dockrelay.settings.Catalogue;
import io.dockrelay.settings.ClusterSettings;
import io.dockrelay.settings.ControllerSettings;
import io.dockrelay.settings.RelaySettings;
import io.dockrelay.settings.SettingsLoader;
import io.dockrelay.settings.WrongSettings;

/**
 * Reads the configuration of all roles of a process and checks all of it before anything starts, so that one start
 * names everything that is wrong. The verticles read theirs again, from the config that they are deployed with.
 */
final class Configuration {

    private final Vertx vertx;
    private final Optional<Path> folder;
    private final Arguments.Run run;

    /**
     * What the process runs with.
     *
     * @param cluster empty on a single node
     * @param configs each role's, for its verticle
     */
    record Checked(Optional<ClusterSettings> cluster, Map<Role, JsonObject> configs) {}

    Configuration(Vertx vertx, Optional<Path> folder, Arguments.Run run) {
        this.vertx = vertx;
        this.folder = folder;
        this.run = run;
    }

    /** Fails with one {@link WrongSettings} for everything. */
    Future<Checked> read() {
        Future<JsonObject> clusterFile = file(ClusterSettings.CATALOGUE);
        Map<Role, Future<JsonObject>> files = new EnumMap<>(Role.class);
        run.roles().forEach(role -> files.put(role, file(role.catalogue())));
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
            configs.computeIfPresent(Role.RELAY, (role, config) -> onABus ? dialsNobody(config) : config);
            List<Future<?>> checks = new ArrayList<>(List.of(cluster));
            configs.forEach((role, config) -> checks.add(check(role, config)));
            return allOf(checks).map(right -> new Checked(cluster.result(), configs));
        });
    }

    /** A relay that has its controllers on its bus dials only whom it was told of. */
    private static JsonObject dialsNobody(JsonObject config) {
        return config.put(RelaySettings.DIALS_THIS_MACHINE, false);
    }

    private Future<?> check(Role role, JsonObject config) {
        return switch (role) {
            case CONTROLLER -> ControllerSettings.load(vertx, config);
            case RELAY -> RelaySettings.load(vertx, config);
        };
    }

    private Future<JsonObject> file(Catalogue catalogue) {
        return folder.map(path -> new SettingsLoader(vertx).readFile(path, catalogue))
                .orElseGet(() -> Future.succeededFuture(new JsonObject()));
    }

    private static Map<Role, JsonObject> results(Map<Role, Future<JsonObject>> files) {
        Map<Role, JsonObject> results = new EnumMap<>(Role.class);
        files.forEach((role, file) -> results.put(role, file.result()));
        return results;
    }

    /** Waits for all; what is wrong with the settings of several is one failure, any other failure comes first. */
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
            if (!(failure instanceof WrongSettings wrong)) {
                return failure;
            }
            problems.addAll(wrong.problems());
        }
        return new WrongSettings(problems);
    }
}
