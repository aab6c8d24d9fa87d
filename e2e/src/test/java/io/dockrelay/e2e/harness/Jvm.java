package io.dockrelay.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Inspects a running JVM from outside: live objects, sockets, threads. */
public final class Jvm {

    private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");

    private final long pid;

    public Jvm(long pid) {
        this.pid = pid;
    }

    /** Live objects of a class after a full collection; 0 also for an unknown class. */
    public long instances(String className) {
        Matcher row = Pattern.compile("(?m)^\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+" + Pattern.quote(className) + "(?:\\s|$)")
                .matcher(histogram());
        return row.find() ? Long.parseLong(row.group(1)) : 0;
    }

    /** Bytes alive after a full collection. */
    public long liveBytes() {
        Matcher total = TOTAL.matcher(histogram());
        if (!total.find()) {
            throw new AssertionError("The class histogram has no total");
        }
        return Long.parseLong(total.group(1));
    }

    /** Open sockets of the process. */
    public long sockets() {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return descriptors.filter(Jvm::isSocket).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long threads() {
        try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return tasks.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The class histogram of live objects; collects garbage first. */
    public String histogram() {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try (Program jcmdRun = Program.run("jcmd", Map.of(), List.of(jcmd, Long.toString(pid), "GC.class_histogram"))) {
            jcmdRun.awaitExit(Await.DEFAULT);
            Await.until(
                    "the whole histogram",
                    Await.DEFAULT,
                    () -> jcmdRun.output().stream().anyMatch(line -> line.startsWith("Total")));
            return String.join("\n", jcmdRun.output());
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}
