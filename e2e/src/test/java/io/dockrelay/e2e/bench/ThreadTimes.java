package io.dockrelay.e2e.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * CPU time of the program's threads over a period, by kind of thread. The samples of a profile do not include the
 * compiler and the garbage collector; this does. Threads that end meanwhile are missing.
 */
final class ThreadTimes {

    /** CPU time in nanoseconds: the first field of the kernel's {@code schedstat} of a thread. */
    private static final int ON_CPU = 0;

    private final Map<String, Long> nanosByKind = new TreeMap<>();

    /** One thread of a process, by its folder below /proc. */
    private record Task(Path folder, String kind) {}

    /** Measures from now until {@link Watch#end}; the processes must run that long. */
    Watch watch(List<Long> pids) {
        return new Watch(pids, nanos(pids));
    }

    /** One line per kind, the busiest first. */
    String text() {
        long all = nanosByKind.values().stream().mapToLong(Long::longValue).sum();
        var text = new StringBuilder();
        nanosByKind.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(entry -> text.append(String.format(
                        Locale.ROOT,
                        "  %-24s %6.2f s  %3.0f %%%n",
                        entry.getKey(),
                        entry.getValue() / 1e9,
                        100.0 * entry.getValue() / Math.max(1, all))));
        return text.toString();
    }

    /** A measurement of several processes. */
    final class Watch {

        private final List<Long> pids;
        private final Map<Task, Long> before;

        private Watch(List<Long> pids, Map<Task, Long> before) {
            this.pids = pids;
            this.before = before;
        }

        void end() {
            nanos(pids)
                    .forEach((task, nanos) ->
                            nanosByKind.merge(task.kind(), nanos - before.getOrDefault(task, 0L), Long::sum));
        }
    }

    private static Map<Task, Long> nanos(List<Long> pids) {
        Map<Task, Long> nanos = new HashMap<>();
        for (long pid : pids) {
            try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
                tasks.forEach(folder -> read(folder, nanos));
            } catch (IOException gone) {
                throw new IllegalStateException("process " + pid + " has ended", gone);
            }
        }
        return nanos;
    }

    private static void read(Path folder, Map<Task, Long> nanos) {
        try {
            String name = Files.readString(folder.resolve("comm")).strip();
            String[] account = Files.readString(folder.resolve("schedstat")).split(" ", -1);
            nanos.put(new Task(folder, kind(name)), Long.parseLong(account[ON_CPU]));
        } catch (IOException ended) {
            // A thread may end while it is read; its time is then missing.
        }
    }

    private static String kind(String name) {
        if (name.startsWith("vert.x-eventloo")) {
            return "event loops";
        }
        if (name.startsWith("C1 Comp") || name.startsWith("C2 Comp")) {
            return "JIT compiler";
        }
        if (name.equals("VM Thread") || name.startsWith("GC ")) {
            return "JVM, garbage collector";
        }
        if (name.startsWith("ForkJoinPool")) {
            return "virtual threads";
        }
        return name.startsWith("JFR") ? "the recorder itself" : "others";
    }
}
