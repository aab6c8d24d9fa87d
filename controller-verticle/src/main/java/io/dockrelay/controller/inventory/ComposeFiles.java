package io.dockrelay.controller.inventory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The compose files that are configured, read again when one has changed. Owned by the watcher; the disk is looked at
 * on a worker, by one look at a time.
 */
final class ComposeFiles {

    private static final Logger log = LoggerFactory.getLogger(ComposeFiles.class);

    private final Vertx vertx;
    private final List<Path> files;
    private final Optional<String> project;

    /** Of each file: when it was written and how long it is. Only on the worker. */
    private List<String> read = List.of();

    private List<ComposeService> services = List.of();

    ComposeFiles(Vertx vertx, List<Path> files, Optional<String> project) {
        this.vertx = vertx;
        this.files = List.copyOf(files);
        this.project = project;
    }

    /** Their services as the files are now; never fails: a file that cannot be read leaves what it said before. */
    Future<List<ComposeService>> services() {
        return files.isEmpty() ? Future.succeededFuture(List.of()) : vertx.executeBlocking(this::current);
    }

    private List<ComposeService> current() {
        List<String> now = files.stream().map(ComposeFiles::version).toList();
        if (now.equals(read)) {
            return services;
        }
        read = now;
        try {
            List<String> texts = new ArrayList<>();
            for (Path file : files) {
                texts.add(Files.readString(file));
            }
            services = ComposeFile.services(texts, project);
        } catch (IOException | IllegalArgumentException unreadable) {
            log.warn("the compose file cannot be read, its services stay as they were: {}", unreadable.getMessage());
        }
        return services;
    }

    private static String version(Path file) {
        try {
            return Files.getLastModifiedTime(file) + " " + Files.size(file);
        } catch (IOException away) {
            return "away";
        }
    }
}
