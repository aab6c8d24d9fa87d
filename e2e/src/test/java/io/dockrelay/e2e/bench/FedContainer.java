package io.dockrelay.e2e.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.dockrelay.docker.testing.TestEngine;

/**
 * A container whose lines and pace the bench controls: its process is a {@code cat} of a pipe. The engine adds a line's
 * timestamp when it reads the line from the container, so no figure includes the time in the pipe.
 */
final class FedContainer implements AutoCloseable {

    private static final long TICK_NANOS = 1_000_000;

    private final TestEngine engine;
    private final String name;
    private final String id;
    private final LineKind kind;
    private final OutputStream pipe;
    private int written;

    private FedContainer(TestEngine engine, String name, String id, LineKind kind, OutputStream pipe) {
        this.engine = engine;
        this.name = name;
        this.id = id;
        this.kind = kind;
        this.pipe = pipe;
    }

    static FedContainer start(TestEngine engine, String name, LineKind kind) throws IOException {
        Path folder = Files.createDirectories(engine.folder().resolve("feeds").resolve(name));
        Path fifo = folder.resolve("lines");
        makePipe(fifo);
        List<String> options = Stream.concat(
                        Stream.of("--volume", folder + ":/feed"), kind.terminal() ? Stream.of("--tty") : Stream.of())
                .toList();
        String id = engine.run(name, "exec cat /feed/lines", options.toArray(String[]::new));
        // Opening blocks until the container has opened its side.
        return new FedContainer(engine, name, id, kind, Files.newOutputStream(fifo));
    }

    String name() {
        return name;
    }

    String id() {
        return id;
    }

    /** The last line's number. */
    int written() {
        return written;
    }

    /** Writes as fast as the container reads; returns when all lines are written except what the pipe holds. */
    void write(int lines) throws IOException {
        write(kind.lines(written + 1, lines));
    }

    /** The same with lines that {@link LineKind#lines} generated before, numbered after those already written. */
    void write(byte[] lines) throws IOException {
        written += lines.length / LineKind.BYTES;
        pipe.write(lines);
    }

    /** Writes at an even pace for a duration: single lines, or several per millisecond at high rates. */
    void pace(int linesASecond, Duration duration) throws IOException {
        long tick = Math.max(TICK_NANOS, 1_000_000_000L / linesASecond);
        int each = (int) Math.max(1, linesASecond * tick / 1_000_000_000L);
        long start = System.nanoTime();
        long ticks = duration.toNanos() / tick;
        for (long i = 1; i <= ticks; i++) {
            long due = start + i * tick;
            BenchContext.pass(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
            write(each);
        }
    }

    /** Closes the pipe; the process ends after it has written the last line. */
    void end() throws IOException {
        pipe.close();
    }

    @Override
    public void close() throws IOException {
        end();
        engine.docker("rm", "--force", name);
    }

    private static void makePipe(Path fifo) throws IOException {
        Files.deleteIfExists(fifo);
        try {
            int status = new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor();
            if (status != 0) {
                throw new IOException("mkfifo " + fifo + " ended with " + status);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
