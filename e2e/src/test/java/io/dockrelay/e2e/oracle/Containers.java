package io.dockrelay.e2e.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.e2e.harness.Await;
import io.dockrelay.e2e.harness.Shell;

/**
 * The services' containers on the run's own real engine, and the actions on both. For one thread at a time; ends with
 * {@link #close()}.
 */
final class Containers implements AutoCloseable {

    private final Path settings;
    private final TestEngine engine;
    private final EngineStore store;

    private Containers(Path settings, TestEngine engine) {
        this.settings = settings;
        this.engine = engine;
        this.store = new EngineStore(engine.folder());
    }

    static Containers start(Path folder) {
        Path settings = folder.resolve("daemon.json");
        liveRestore(settings, true);
        var containers = new Containers(
                settings,
                TestEngine.create(
                        "--config-file", settings.toString(), "--shutdown-timeout", "3", "--log-level", "warn"));
        try {
            List.of(Service.values()).forEach(containers::run);
            return containers;
        } catch (RuntimeException | Error failed) {
            containers.close();
            throw failed;
        }
    }

    TestEngine engine() {
        return engine;
    }

    EngineStore store() {
        return store;
    }

    void stop(String name) {
        engine.docker("stop", "--time", "2", name);
    }

    void kill(String name) {
        engine.docker("kill", name);
    }

    void start(String name) {
        engine.docker("start", name);
    }

    void restart(String name) {
        engine.docker("restart", "--time", "2", name);
    }

    void rename(String from, String to) {
        engine.docker("rename", from, to);
    }

    void remove(String name) {
        engine.docker("rm", "--force", name);
    }

    /** Creates and starts a new container. */
    void run(Service service) {
        String id = engine.run(service.container(), service.script(), service.options());
        store.container(service.container(), id, service.terminal());
    }

    /** Makes the container write many lines at once; does nothing when it does not run. */
    void burst(Service service) {
        int unused = engine.dockerExitCode("kill", "--signal", "USR1", service.container());
    }

    /** Kills dockerd and containerd. */
    void killEngine(boolean keepContainers) {
        liveRestore(settings, keepContainers);
        new Shell(Map.of()).run("kill -HUP " + engine.pid());
        Await.until(
                "dockerd has read its settings again",
                Await.DEFAULT,
                () -> engine.docker("info", "--format", "{{.LiveRestoreEnabled}}")
                        .equals(Boolean.toString(keepContainers)));
        engine.kill();
    }

    /** All containers run when this returns. */
    void startEngine() {
        engine.start();
        List<String> start = new ArrayList<>(List.of("start"));
        start.addAll(Service.names());
        engine.docker(start.toArray(String[]::new));
    }

    @Override
    public void close() {
        store.close();
        try {
            Files.copy(
                    engine.folder().resolve("dockerd.log"),
                    settings.resolveSibling("dockerd.log"),
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            engine.close();
        }
    }

    private static void liveRestore(Path settings, boolean keepContainers) {
        try {
            Files.writeString(settings, "{\"live-restore\":" + keepContainers + "}\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
