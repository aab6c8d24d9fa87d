package io.dockrelay.e2e.oracle;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

import io.dockrelay.e2e.harness.Await;

/** The processes and browsers of one run of the oracle, started and stopped in order. Ends with {@link #close()}. */
final class OracleSetup implements AutoCloseable {

    private static final int BEGINNING = 20;

    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final List<Browser> browsers = new ArrayList<>();
    private Containers containers;
    private ScriptedEngine scripted;
    private TestDeployment deployment;
    private GapFiller filler;
    private Timers timers;
    private Chromium chromium;
    private Browser late;

    private OracleSetup() {}

    /** When this returns, all containers write and all browsers except the late one follow. */
    static OracleSetup open(Path folder, boolean together, Random random) {
        var setup = new OracleSetup();
        try {
            setup.start(folder, together, random);
            return setup;
        } catch (RuntimeException | Error failed) {
            setup.close();
            throw failed;
        }
    }

    private void start(Path folder, boolean together, Random random) {
        containers = started(Containers.start(folder));
        scripted = started(new ScriptedEngine());
        for (String service : services()) {
            Await.until(
                    "there is a log of " + service,
                    Await.DEFAULT,
                    () -> stored(service).size() >= BEGINNING);
        }
        deployment = started(TestDeployment.open(containers.engine(), scripted, together, folder));
        filler = started(new GapFiller(deployment.relayApi()));
        timers = started(new Timers());
        browser("everything", services(), random).connect();
        browser("left", List.of("plain", "mixed", "burst", "rotating", "clock"), random)
                .connect();
        browser("right", List.of("json", "tty", "long", "burst", "busy"), random)
                .connect();
        chromium = started(Chromium.open(deployment.page(), "mixed", filler, folder.resolve("chromium.log")));
        Await.until(
                "every log has begun", Await.DEFAULT, () -> reports().stream().allMatch(report -> report.lines() > 0));
        late = browser("late", List.of("plain", "json", "rotating", "busy"), random);
    }

    static List<String> services() {
        List<String> services = new ArrayList<>(Service.names());
        services.add(ScriptedEngine.CONTAINER);
        return services;
    }

    Containers containers() {
        return containers;
    }

    ScriptedEngine scripted() {
        return scripted;
    }

    TestDeployment deployment() {
        return deployment;
    }

    GapFiller filler() {
        return filler;
    }

    /** The browsers without Chromium. */
    List<Browser> browsers() {
        return List.copyOf(browsers);
    }

    /** Connects during the run. */
    Browser late() {
        return late;
    }

    Chromium chromium() {
        return chromium;
    }

    List<Watcher> watchers() {
        List<Watcher> watchers = new ArrayList<>(browsers);
        watchers.add(chromium);
        return watchers;
    }

    List<Report> reports() {
        return watchers().stream()
                .flatMap(watcher -> watcher.logs().stream())
                .map(FollowedLog::report)
                .toList();
    }

    /** Everything that an engine has stored of a service so far. */
    ExpectedLog stored(String service) {
        return service.equals(ScriptedEngine.CONTAINER)
                ? scripted.store().stored(service)
                : containers.store().stored(service);
    }

    @Override
    public void close() {
        while (!running.isEmpty()) {
            AutoCloseable last = running.pop();
            try {
                last.close();
            } catch (Exception e) {
                System.out.println(last.getClass().getSimpleName() + " did not close: " + e);
            }
        }
    }

    private <T extends AutoCloseable> T started(T started) {
        running.push(started);
        return started;
    }

    private Browser browser(String name, List<String> services, Random random) {
        var browser = started(
                new Browser(name, deployment::relayUri, services, timers, filler, new Random(random.nextLong())));
        browsers.add(browser);
        timers.everySecond(browser::checkSilence);
        return browser;
    }
}
