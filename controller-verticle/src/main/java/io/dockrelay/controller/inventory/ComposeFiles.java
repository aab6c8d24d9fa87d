package io.dockrelay.controller.inventory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configured compose files, read again when one has changed. Owned by the watcher; reads the disk on a worker thread, for
 * one scan at a time.
 */
final class ComposeFiles {

    private static final Logger log = LoggerFactory.getLogger(ComposeFiles.class);

    private final Vertx vertx;
    private final List<Path> files;
    private final ScanScope scope;

    /** Time and size of each file when it was last read. Only on the worker thread. */
    private List<String> versions = List.of();

    private List<ComposeService> services = List.of();

    ComposeFiles(Vertx vertx, List<Path> files, ScanScope scope) {
        this.vertx = vertx;
        this.files = List.copyOf(files);
        this.scope = scope;
    }

    /** The services as the files are now. Never fails: while a file cannot be read, the last services stay. */
    Future<List<ComposeService>> services() {
        return files.isEmpty() ? Future.succeededFuture(List.of()) : vertx.executeBlocking(this::current);
    }

    private List<ComposeService> current() {
        List<String> now = files.stream().map(ComposeFiles::version).toList();
        if (now.equals(versions)) {
            return services;
        }
        versions = now;
        try {
            List<String> texts = new ArrayList<>();
            for (Path file : files) {
                texts.add(Files.readString(file));
            }
            services = ComposeFile.services(texts, scope.project()).stream()
                    .map(service -> service.with(scope.labels()))
                    .toList();
        } catch (IOException | IllegalArgumentException unreadable) {
            log.warn("the compose files cannot be read, their last services stay: {}", unreadable.getMessage());
        }
        return services;
    }

    private static String version(Path file) {
        try {
            return Files.getLastModifiedTime(file) + " " + Files.size(file);
        } catch (IOException missing) {
            return "missing";
        }
    }
}
