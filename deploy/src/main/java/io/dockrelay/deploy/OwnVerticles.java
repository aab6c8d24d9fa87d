package io.dockrelay.deploy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

import io.dockrelay.deploy.Deployment.Part;
import io.dockrelay.settings.SettingsException;

/** The verticles of the user, with their configs: {@code NAME.json} of the configuration folder, if there is one. */
final class OwnVerticles {

    private final Vertx vertx;
    private final Optional<Path> folder;

    OwnVerticles(Vertx vertx, Optional<Path> folder) {
        this.vertx = vertx;
        this.folder = folder;
    }

    /**
     * Reads the configs.
     *
     * @return in the order of the classes; fails with a {@link SettingsException} where a file is no JSON object
     */
    Future<List<Part>> parts(List<String> classes) {
        List<Future<Part>> parts = classes.stream().map(this::part).toList();
        return Future.all(parts).map(all -> parts.stream().map(Future::result).toList());
    }

    private Future<Part> part(String name) {
        if (folder.isEmpty()) {
            return Future.succeededFuture(new Part(name, new JsonObject()));
        }
        String file = folder.get()
                .resolve(name.substring(name.lastIndexOf('.') + 1) + ".json")
                .toString();
        return vertx.fileSystem()
                .exists(file)
                .compose(exists -> exists ? read(file) : Future.succeededFuture(new JsonObject()))
                .map(config -> new Part(name, config));
    }

    private Future<JsonObject> read(String file) {
        return vertx.fileSystem().readFile(file).map(content -> {
            try {
                return content.toJsonObject();
            } catch (DecodeException | ClassCastException wrong) {
                throw new SettingsException(List.of(file + " must be a JSON object: " + wrong.getMessage()));
            }
        });
    }
}
