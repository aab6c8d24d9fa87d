package io.dockrelay.e2e.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.dockrelay.e2e.harness.Await;
import io.dockrelay.e2e.harness.Program;

/**
 * The memory use of a JVM.
 *
 * @param residentKb resident memory of the process, according to the kernel
 * @param heapKb heap in use after a full collection
 * @param age of the process
 */
record Memory(long pid, Duration age, long residentKb, long heapKb) {

    private static final Pattern USED = Pattern.compile("total \\d+K, used (\\d+)K");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    /** Collects garbage first. */
    static Memory of(Program program) {
        String unused = jcmd(program.pid(), "GC.run");
        Matcher used = USED.matcher(jcmd(program.pid(), "GC.heap_info"));
        long heap = 0;
        while (used.find()) {
            heap += Long.parseLong(used.group(1));
        }
        Instant started = ProcessHandle.of(program.pid())
                .flatMap(handle -> handle.info().startInstant())
                .orElse(Instant.now());
        return new Memory(program.pid(), Duration.between(started, Instant.now()), resident(program.pid()), heap);
    }

    /** Whether the process ended before it was measured, for example because a fault killed it. */
    boolean isNone() {
        return residentKb == 0 || heapKb == 0;
    }

    @Override
    public String toString() {
        return "%.1f MB resident, %.1f MB heap in use, process %d, %d s old"
                .formatted(residentKb / 1024.0, heapKb / 1024.0, pid, age.toSeconds());
    }

    private static long resident(long pid) {
        try {
            Matcher matcher = RESIDENT.matcher(Files.readString(Path.of("/proc", Long.toString(pid), "status")));
            return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
        } catch (NoSuchFileException killedMeanwhile) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String jcmd(long pid, String command) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try (Program jcmdRun = Program.run("jcmd", Map.of(), List.of(jcmd, Long.toString(pid), command))) {
            int exitCode = jcmdRun.awaitExit(Await.DEFAULT);
            return exitCode == 0 ? jcmdRun.wholeOutput() : "";
        }
    }
}
