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
 * The services' containers on a real engine of the run's own, and what can be done to both. One thread at a time; ends
 * with {@link #close()}.
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

    /** A new container of that name. */
    void run(Service service) {
        String id = engine.run(service.container(), service.script(), service.options());
        store.container(service.container(), id, service.terminal());
    }

    /** It writes a great deal at once; nothing happens, and that is no failure, when it does not run. */
    void burst(Service service) {
        int unused = engine.dockerExitCode("kill", "--signal", "USR1", service.container());
    }

    /** dockerd and containerd are gone at once. */
    void killEngine(boolean containersGoOn) {
        liveRestore(settings, containersGoOn);
        new Shell(Map.of()).run("kill -HUP " + engine.pid());
        Await.until(
                "dockerd has read its settings again",
                Await.USUAL,
                () -> engine.docker("info", "--format", "{{.LiveRestoreEnabled}}")
                        .equals(Boolean.toString(containersGoOn)));
        engine.kill();
    }

    /** Every container runs when this returns. */
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

    private static void liveRestore(Path settings, boolean containersGoOn) {
        try {
            Files.writeString(settings, "{\"live-restore\":" + containersGoOn + "}\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
