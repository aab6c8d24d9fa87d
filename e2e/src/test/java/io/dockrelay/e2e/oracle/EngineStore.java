package io.dockrelay.e2e.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Keeps all that an engine stores of some containers' logs, by hard links to the json-file driver's files: rotation and
 * removal take them from the engine, not from us. A thread of its own looks many times a second; ends with
 * {@link #close()}.
 */
final class EngineStore implements AutoCloseable {

    private static final long BETWEEN_LOOKS_NANOS = 15_000_000;

    private final Path containers;
    private final Path kept;
    /** Guarded by this; each service's containers in the order in which they were made. */
    private final Map<String, List<Kept>> services = new LinkedHashMap<>();

    private final Thread keeper = new Thread(this::keep, "oracle-keeper");
    private volatile boolean closed;

    /** @param folder of the engine; ours is among its data, for links need one mount, and dockerd mounts its data anew */
    EngineStore(Path folder) {
        containers = folder.resolve("data/containers");
        kept = folder.resolve("data/kept");
        try {
            Files.createDirectories(kept);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        keeper.setDaemon(true);
        keeper.start();
    }

    /** From now on this container is the service. */
    synchronized void container(String service, String id, boolean terminal) {
        services.computeIfAbsent(service, name -> new ArrayList<>()).add(new Kept(id, terminal));
    }

    /** All that was stored so far. */
    ExpectedLog stored(String service) {
        look();
        List<StoredLine> lines = new ArrayList<>();
        for (Kept container : keptOf(service)) {
            var entries = new StoredEntries(container.terminal);
            container.segments().forEach(entries::read);
            lines.addAll(entries.lines());
        }
        return new ExpectedLog(service, lines);
    }

    private synchronized List<Kept> keptOf(String service) {
        return List.copyOf(services.getOrDefault(service, List.of()));
    }

    private synchronized List<Kept> all() {
        return services.values().stream().flatMap(List::stream).toList();
    }

    @Override
    public void close() {
        closed = true;
        try {
            keeper.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void keep() {
        while (!closed) {
            look();
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
    }

    private void look() {
        all().forEach(Kept::look);
    }

    /** One container's files. */
    private final class Kept {

        private final String id;
        private final boolean terminal;
        /** Guarded by this, as everything below. */
        private final List<Segment> segments = new ArrayList<>();

        private final Set<Object> inodes = new HashSet<>();
        private long lookedAt = System.nanoTime();

        Kept(String id, boolean terminal) {
            this.id = id;
            this.terminal = terminal;
        }

        synchronized List<Segment> segments() {
            return List.copyOf(segments);
        }

        synchronized void look() {
            long before = lookedAt;
            lookedAt = System.nanoTime();
            try {
                for (Segment segment : segments) {
                    if (!segment.isGone() && (int) Files.getAttribute(segment.kept(), "unix:nlink") == 1) {
                        segment.gone(before);
                    }
                }
                for (Path file : files()) {
                    take(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The oldest first: the highest number, and the one without a number last. */
        private List<Path> files() throws IOException {
            Path folder = containers.resolve(id);
            try (Stream<Path> found = Files.list(folder)) {
                return found.filter(file -> file.getFileName().toString().startsWith(id + "-json.log"))
                        .sorted(Comparator.comparing(Path::toString).reversed())
                        .toList();
            } catch (NoSuchFileException removed) {
                return List.of();
            }
        }

        private void take(Path file) throws IOException {
            Path link = kept.resolve(id.substring(0, 12) + "-" + segments.size());
            try {
                if (!inodes.contains(Files.getAttribute(file, "unix:ino"))) {
                    Files.createLink(link, file);
                    // The name may mean another file by now: what counts is what the link holds.
                    if (inodes.add(Files.getAttribute(link, "unix:ino"))) {
                        segments.add(new Segment(id, link));
                    } else {
                        Files.delete(link);
                    }
                }
            } catch (NoSuchFileException rotatedMeanwhile) {
                return;
            } catch (FileSystemException mountedAnewMeanwhile) {
                if (!mountedAnewMeanwhile.getMessage().contains("cross-device")) {
                    throw mountedAnewMeanwhile;
                }
            }
        }
    }
}
