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

/** Does what the plan says, and undoes it. Each fault on a thread of its own; of one place one at a time. */
final class Faults {

    private final TestDeployment town;
    private final Containers containers;
    private final ScriptedEngine scripted;
    private final List<Browser> browsers;
    private final FaultDiary diary;
    private final Map<Place, ReentrantLock> places = new EnumMap<>(Place.class);

    Faults(
            TestDeployment town,
            Containers containers,
            ScriptedEngine scripted,
            List<Browser> browsers,
            FaultDiary diary) {
        this.town = town;
        this.containers = containers;
        this.scripted = scripted;
        this.browsers = browsers;
        this.diary = diary;
        for (Place place : Place.values()) {
            // Who came first goes first: a plan is done in its order.
            places.put(place, new ReentrantLock(true));
        }
    }

    /** Blocks until it is over; everything is as it was then. */
    void happen(Planned planned) {
        Place place = town.together() && planned.kind().place() == Place.CONTROLLER
                ? Place.RELAY
                : planned.kind().place();
        ReentrantLock lock = places.get(place);
        lock.lock();
        try {
            long began = System.nanoTime();
            String target = happen(planned, new Random(planned.seed()));
            if (target != null) {
                diary.note(planned.kind(), target, began);
            }
        } finally {
            lock.unlock();
        }
    }

    /** What it happened to; null when it could not happen here. */
    private String happen(Planned fault, Random random) {
        return switch (fault.kind()) {
            case KILL_CONTROLLER -> killController(fault);
            case KILL_RELAY -> killRelay(fault);
            case KILL_ENGINE_AND_CONTAINERS -> killEngine(fault, false);
            case KILL_ENGINE_ONLY -> killEngine(fault, true);
            case STOP_CONTAINER, KILL_CONTAINER, RESTART_CONTAINER, RECREATE_CONTAINER, RENAME_CONTAINER ->
                container(fault, random, one(List.of(Service.values()), random));
            case ROTATE_LOG -> rotate();
            case CUT_LINK, STALL_LINK, DELAY_LINK, SHAPE_LINK, BAD_NETWORK -> link(fault, random);
            case CUT_ENGINE_STREAMS -> cutEngineStreams(fault, random);
            case SLOW_BROWSER, STALLED_BROWSER, BROWSER_AWAY -> browser(fault, random, one(browsers, random));
            case CLOCK_STEP -> stepClock(random);
        };
    }

    private String killController(Planned fault) {
        if (town.together()) {
            return killRelay(fault);
        }
        long pid = town.controller().pid();
        town.controller().kill();
        pause(fault.forMillis());
        town.startController();
        return "process " + pid;
    }

    private String killRelay(Planned fault) {
        long pid = town.relay().pid();
        town.relay().kill();
        pause(fault.forMillis());
        town.startRelay();
        return "process " + pid;
    }

    private String killEngine(Planned fault, boolean containersGoOn) {
        containers.killEngine(containersGoOn);
        pause(fault.forMillis());
        containers.startEngine();
        return containersGoOn ? "while the containers go on" : "and the containers with it";
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
                town.link().closed(true);
                town.cutLinks();
            }
            case STALL_LINK -> town.link().stalled(true);
            case DELAY_LINK -> town.link().delay(20L + random.nextInt(300));
            case SHAPE_LINK -> town.link().shape(20_000L + random.nextInt(100_000));
            default -> {
                if (town.namespace() == null) {
                    return null;
                }
                town.namespace().bad();
            }
        }
        pause(fault.forMillis());
        town.link().clear();
        if (fault.kind() == FaultKind.BAD_NETWORK) {
            town.namespace().good();
            return town.namespace().means();
        }
        return "between the relay and the controllers";
    }

    private String cutEngineStreams(Planned fault, Random random) {
        long lifetime = 2_000L + random.nextInt(3_000);
        town.engineLink().lifetime(lifetime);
        pause(fault.forMillis());
        town.engineLink().clear();
        return "after " + lifetime + " ms each";
    }

    private String browser(Planned fault, Random random, Browser browser) {
        switch (fault.kind()) {
            case SLOW_BROWSER -> browser.slow(50L + random.nextInt(300));
            case BROWSER_AWAY -> browser.leave();
            default -> {
                browser.standStill();
                underLock(Place.ENGINE, () -> containers.burst(Service.BURST));
            }
        }
        pause(fault.forMillis());
        if (fault.kind() == FaultKind.BROWSER_AWAY) {
            browser.connect();
        } else {
            browser.goOn();
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

    private static <T> T one(List<T> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }

    /** A fault's length is no waiting for something: it is the fault. */
    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
