package io.dockrelay.docker.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Removes what an engine that was killed has left: its containerd, the shims, the containers' processes, the mounts.
 * Touches only what belongs to one engine's own folder.
 */
final class Leftovers {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** The layers of an image that was built here are tens of thousands of files. */
    private static final Duration REMOVAL = Duration.ofMinutes(5);

    private final Path folder;

    Leftovers(Path folder) {
        this.folder = folder;
    }

    /** Everything that still runs for this folder, then its mounts, then the folder. */
    void remove() throws IOException {
        end(processes());
        unmount();
        // By rm: the engine's files are many, and some belong to other users.
        Programs.runOrFail(Map.of(), List.of("rm", "-rf", folder.toString()), REMOVAL);
    }

    /**
     * Ends the containerd of a dockerd that was killed, and deletes its pid file: where no process reaps orphans, the
     * dead process keeps its pid, and the next dockerd would wait for it.
     */
    void endContainerd() throws IOException {
        end(processes().stream()
                .filter(process -> program(process.pid()).endsWith("containerd"))
                .toList());
        Files.deleteIfExists(folder.resolve("exec/containerd/containerd.pid"));
    }

    private static void end(List<ProcessHandle> processes) {
        processes.forEach(ProcessHandle::destroyForcibly);
        long deadline = System.nanoTime() + LIMIT.toNanos();
        // Not onExit: a process that is never reaped does not count as exited, but it has no command line any more.
        while (processes.stream().anyMatch(process -> !program(process.pid()).isEmpty())) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Still there after SIGKILL: " + processes);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    private List<ProcessHandle> processes() throws IOException {
        Set<String> containers = containers();
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> isOfThisEngine(process.pid(), containers))
                .toList();
    }

    private Set<String> containers() throws IOException {
        Path home = folder.resolve("data/containers");
        if (Files.notExists(home)) {
            return Set.of();
        }
        try (Stream<Path> entries = Files.list(home)) {
            return entries.map(entry -> entry.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    private boolean isOfThisEngine(long pid, Set<String> containers) {
        String program = program(pid);
        boolean ours = program.contains("dockerd") || program.contains("containerd");
        if (ours && read(pid, "cmdline").contains(folder + "/")) {
            return true;
        }
        String groups = read(pid, "cgroup");
        return containers.stream().anyMatch(groups::contains);
    }

    /** Empty when there is no such process, or only a zombie. */
    private static String program(long pid) {
        return read(pid, "cmdline").split("\0", 2)[0];
    }

    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file));
        } catch (IOException gone) {
            return "";
        }
    }

    private void unmount() throws IOException {
        List<String> mounts = Files.readAllLines(Path.of("/proc/self/mounts")).stream()
                .map(line -> line.split(" ", 3)[1])
                .filter(mount -> mount.startsWith(folder + "/"))
                .collect(Collectors.toList());
        Collections.reverse(mounts);
        for (String mount : mounts) {
            Programs.runOrFail(Map.of(), List.of("umount", "-l", mount));
        }
    }
}
