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
 * What the program's threads did while they were watched, summed by what they are for: the compiler's and the collector's
 * time stands in no sample of methods. Threads that ended meanwhile are not seen.
 */
final class ThreadTimes {

    /** In nanoseconds, the first field of the kernel's account of a thread. */
    private static final int ON_CPU = 0;

    private final Map<String, Long> nanosByKind = new TreeMap<>();

    /** One thread of one process, by its folder below /proc. */
    private record Task(Path folder, String kind) {}

    /** From now until {@link Watch#end}; the processes must live that long. */
    Watch watch(List<Long> pids) {
        return new Watch(pids, nanos(pids));
    }

    /** One line a kind, the busiest first. */
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

    /** Some processes for some time. */
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
            // A thread may end while it is looked at; what it did is then nobody's.
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
