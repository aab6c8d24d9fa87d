package io.dockrelay.e2e.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * CPU and memory use of processes, according to the kernel: CPU in steps of 10 ms, memory in pages.
 *
 * @param pids the processes to sum up
 */
record ProcessUse(List<Long> pids) {

    /** Linux reports CPU in hundredths of a second. */
    static final double TICK_SECONDS = 0.01;

    /** Index in {@code /proc/PID/stat}, counted after the command's closing bracket. */
    private static final int UTIME = 11;

    private static final int STIME = 12;

    static ProcessUse of(long... pids) {
        return new ProcessUse(LongStream.of(pids).boxed().toList());
    }

    /** Seconds of user and system time. */
    double cpuSeconds() {
        return pids.stream().mapToDouble(ProcessUse::cpuSeconds).sum();
    }

    /** Resident memory. */
    double residentMegabytes() {
        return pids.stream().mapToDouble(ProcessUse::residentMegabytes).sum();
    }

    private static double cpuSeconds(long pid) {
        String stat = read(pid, "stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) * TICK_SECONDS;
    }

    private static double residentMegabytes(long pid) {
        return Arrays.stream(read(pid, "status").split("\n", -1))
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElseThrow()
                / 1024.0;
    }

    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file));
        } catch (IOException gone) {
            throw new IllegalStateException("process " + pid + " has ended", gone);
        }
    }
}
