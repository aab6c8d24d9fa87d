package io.dockrelay.e2e.oracle;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import io.dockrelay.e2e.oracle.FaultKind.Place;
import io.dockrelay.e2e.oracle.FaultPlan.Planned;

/** Injects the faults of a plan, and reverts them. Each fault on a thread of its own; one at a time per place. */
final class Faults {

    private final TestDeployment deployment;
    private final Containers containers;
    private final ScriptedEngine scripted;
    private final List<Browser> browsers;
    private final FaultLog log;
    private final Map<Place, ReentrantLock> places = new EnumMap<>(Place.class);

    Faults(
            TestDeployment deployment,
            Containers containers,
            ScriptedEngine scripted,
            List<Browser> browsers,
            FaultLog log) {
        this.deployment = deployment;
        this.containers = containers;
        this.scripted = scripted;
        this.browsers = browsers;
        this.log = log;
        for (Place place : Place.values()) {
            // Fair: faults of one place happen in the plan's order.
            places.put(place, new ReentrantLock(true));
        }
    }

    /** Blocks until the fault is over and reverted. */
    void inject(Planned planned) {
        Place place = deployment.together() && planned.kind().place() == Place.CONTROLLER
                ? Place.RELAY
                : planned.kind().place();
        ReentrantLock lock = places.get(place);
        lock.lock();
        try {
            long began = System.nanoTime();
            String target = inject(planned, new Random(planned.seed()));
            if (target != null) {
                log.note(planned.kind(), target, began);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The fault's target; null when the fault is not possible here. */
    private String inject(Planned fault, Random random) {
        return switch (fault.kind()) {
            case KILL_CONTROLLER -> killController(fault);
            case KILL_RELAY -> killRelay(fault);
            case KILL_ENGINE_AND_CONTAINERS -> killEngine(fault, false);
            case KILL_ENGINE_ONLY -> killEngine(fault, true);
            case STOP_CONTAINER, KILL_CONTAINER, RESTART_CONTAINER, RECREATE_CONTAINER, RENAME_CONTAINER ->
                container(fault, random, anyOf(List.of(Service.values()), random));
            case ROTATE_LOG -> rotate();
            case CUT_LINK, STALL_LINK, DELAY_LINK, SHAPE_LINK, BAD_NETWORK -> link(fault, random);
            case CUT_ENGINE_STREAMS -> cutEngineStreams(fault, random);
            case SLOW_BROWSER, STALLED_BROWSER, BROWSER_AWAY -> browser(fault, random, anyOf(browsers, random));
            case CLOCK_STEP -> stepClock(random);
            case KILL_MEMBER, PAUSE_MEMBER, CUT_MEMBER, SPLIT_CLUSTER, BAD_MEMBER_NETWORK, ROLLING_RESTART -> null;
        };
    }

    private String killController(Planned fault) {
        if (deployment.together()) {
            return killRelay(fault);
        }
        long pid = deployment.controller().pid();
        deployment.controller().kill();
        pause(fault.forMillis());
        deployment.startController();
        return "process " + pid;
    }

    private String killRelay(Planned fault) {
        long pid = deployment.relay().pid();
        deployment.relay().kill();
        pause(fault.forMillis());
        deployment.startRelay();
        return "process " + pid;
    }

    private String killEngine(Planned fault, boolean keepContainers) {
        containers.killEngine(keepContainers);
        pause(fault.forMillis());
        containers.startEngine();
        return keepContainers ? "while the containers continue" : "with its containers";
    }

    private String container(Planned fault, Random random, Service service) {
        String name = service.container();
        switch (fault.kind()) {
            case STOP_CONTAINER -> containers.stop(name);
            case KILL_CONTAINER -> containers.kill(name);
            case RESTART_CONTAINER -> containers.restart(name);
            case RENAME_CONTAINER -> containers.rename(name, name + "-elsewhere");
            default -> {
                if (random.nextBoolean()) {
                    containers.stop(name);
                }
                containers.remove(name);
            }
        }
        pause(fault.forMillis());
        switch (fault.kind()) {
            case RECREATE_CONTAINER -> containers.run(service);
            case RENAME_CONTAINER -> containers.rename(name + "-elsewhere", name);
            default -> containers.start(name);
        }
        return name;
    }

    private String rotate() {
        containers.burst(Service.ROTATING);
        return Service.ROTATING.container();
    }

    private String link(Planned fault, Random random) {
        switch (fault.kind()) {
            case CUT_LINK -> {
                deployment.link().closed(true);
                deployment.cutLinks();
            }
            case STALL_LINK -> deployment.link().stalled(true);
            case DELAY_LINK -> deployment.link().delay(20L + random.nextInt(300));
            case SHAPE_LINK -> deployment.link().limitRate(20_000L + random.nextInt(100_000));
            default -> {
                if (deployment.namespace() == null) {
                    return null;
                }
                deployment.namespace().bad();
            }
        }
        pause(fault.forMillis());
        deployment.link().clear();
        if (fault.kind() == FaultKind.BAD_NETWORK) {
            deployment.namespace().good();
            return deployment.namespace().means();
        }
        return "between the relay and the controllers";
    }

    private String cutEngineStreams(Planned fault, Random random) {
        long lifetime = 2_000L + random.nextInt(3_000);
        deployment.engineLink().lifetime(lifetime);
        pause(fault.forMillis());
        deployment.engineLink().clear();
        return "after " + lifetime + " ms each";
    }

    private String browser(Planned fault, Random random, Browser browser) {
        switch (fault.kind()) {
            case SLOW_BROWSER -> browser.slow(50L + random.nextInt(300));
            case BROWSER_AWAY -> browser.disconnect();
            default -> {
                browser.pause();
                underLock(Place.ENGINE, () -> containers.burst(Service.BURST));
            }
        }
        pause(fault.forMillis());
        if (fault.kind() == FaultKind.BROWSER_AWAY) {
            browser.connect();
        } else {
            browser.resume();
        }
        return browser.name();
    }

    private String stepClock(Random random) {
        Duration step = Duration.ofMillis(random.nextInt(8_000) - 6_000L);
        scripted.store().stepClock(step);
        return step.toMillis() + " ms";
    }

    private void underLock(Place place, Runnable action) {
        ReentrantLock lock = places.get(place);
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    private static <T> T anyOf(List<T> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }

    /** The duration of a fault; not used to wait for something. */
    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
