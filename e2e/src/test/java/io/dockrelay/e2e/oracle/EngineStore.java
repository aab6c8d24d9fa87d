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
 * Keeps everything that an engine stores of some containers' logs, by hard links to the json-file driver's files:
 * rotation and removal delete them from the engine, but not the links. A thread of its own scans many times per second;
 * ends with {@link #close()}.
 */
final class EngineStore implements AutoCloseable {

    private static final long SCAN_INTERVAL_NANOS = 15_000_000;

    private final Path containers;
    private final Path kept;
    /** Guarded by this; each service's containers in order of creation. */
    private final Map<String, List<Kept>> services = new LinkedHashMap<>();

    private final Thread keeper = new Thread(this::keep, "oracle-keeper");
    private volatile boolean closed;

    /**
     * @param folder of the engine; the links are in its data, because links need one mount and dockerd mounts its data
     *     again
     */
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

    /** Adds a container of a service, the newest. */
    synchronized void container(String service, String id, boolean terminal) {
        services.computeIfAbsent(service, name -> new ArrayList<>()).add(new Kept(id, terminal));
    }

    /** Everything stored so far. */
    ExpectedLog stored(String service) {
        scan();
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
            scan();
            LockSupport.parkNanos(SCAN_INTERVAL_NANOS);
        }
    }

    private void scan() {
        all().forEach(Kept::scan);
    }

    /** One container's files. */
    private final class Kept {

        private final String id;
        private final boolean terminal;
        /** Guarded by this, as everything below. */
        private final List<Segment> segments = new ArrayList<>();

        private final Set<Object> inodes = new HashSet<>();
        private long scannedAt = System.nanoTime();

        Kept(String id, boolean terminal) {
            this.id = id;
            this.terminal = terminal;
        }

        synchronized List<Segment> segments() {
            return List.copyOf(segments);
        }

        synchronized void scan() {
            long before = scannedAt;
            scannedAt = System.nanoTime();
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

        /** Oldest first: the highest number first, and the file without a number last. */
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
                    // The name may belong to another file by now; only the link's own inode counts.
                    if (inodes.add(Files.getAttribute(link, "unix:ino"))) {
                        segments.add(new Segment(id, link));
                    } else {
                        Files.delete(link);
                    }
                }
            } catch (NoSuchFileException rotatedMeanwhile) {
                return;
            } catch (FileSystemException mountedAgain) {
                if (!mountedAgain.getMessage().contains("cross-device")) {
                    throw mountedAgain;
                }
            }
        }
    }
}
