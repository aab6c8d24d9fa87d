package io.dockrelay.e2e.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.e2e.harness.Await;

/** The number of readers of one container's log at the engine: each has its file open for reading. */
record EngineStreams(TestEngine engine, String containerId) {

    long count() {
        Path descriptors = Path.of("/proc", Long.toString(engine.pid()), "fd");
        try (Stream<Path> open = Files.list(descriptors)) {
            return open.filter(this::readsTheLog).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void await(int streams) {
        Await.until("the engine serves " + streams + " readers", Duration.ofSeconds(20), () -> count() == streams);
    }

    private boolean readsTheLog(Path descriptor) {
        try {
            if (!Files.readSymbolicLink(descriptor).toString().endsWith(containerId + "-json.log")) {
                return false;
            }
            Path state = descriptor.resolveSibling("../fdinfo").resolve(descriptor.getFileName());
            return Files.readAllLines(state).stream()
                    .filter(line -> line.startsWith("flags:"))
                    .anyMatch(line -> line.strip().matches(".*[04]$"));
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}
