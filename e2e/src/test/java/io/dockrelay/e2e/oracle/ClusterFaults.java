package io.dockrelay.e2e.oracle;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import io.dockrelay.e2e.oracle.FaultKind.Place;
import io.dockrelay.e2e.oracle.FaultPlan.Planned;

/** Injects the faults of a plan into a cluster, and reverts them. Each fault on a thread of its own; one at a time per place. */
final class ClusterFaults {

    private static final List<Service> SERVICES = List.of(Service.values());

    private final ClusteredDeployment deployment;
    private final Containers containers;
    private final List<Browser> browsers;
    private final FaultLog log;
    private final Map<Place, ReentrantLock> places = new EnumMap<>(Place.class);

    ClusterFaults(ClusteredDeployment deployment, Containers containers, List<Browser> browsers, FaultLog log) {
        this.deployment = deployment;
        this.containers = containers;
        this.browsers = browsers;
        this.log = log;
        for (Place place : Place.values()) {
            places.put(place, new ReentrantLock(true));
        }
    }

    /** Blocks until the fault is over and reverted. */
    void inject(Planned fault) {
        ReentrantLock lock = places.get(fault.kind().place());
        lock.lock();
        try {
            long began = System.nanoTime();
            var random = new Random(fault.seed());
            log.note(
                    fault.kind(),
                    switch (fault.kind().place()) {
                        case MEMBER -> member(fault, random);
                        case BROWSER -> browser(fault, browsers.get(random.nextInt(browsers.size())));
                        default -> container(fault, SERVICES.get(random.nextInt(SERVICES.size())));
                    },
                    began);
        } finally {
            lock.unlock();
        }
    }

    private String member(Planned fault, Random random) {
        String member = ClusteredDeployment.MEMBERS.get(random.nextInt(ClusteredDeployment.MEMBERS.size()));
        switch (fault.kind()) {
            case KILL_MEMBER -> {
                deployment.kill(member);
                pause(fault);
                deployment.start(member);
            }
            case PAUSE_MEMBER -> {
                deployment.pause(member);
                pause(fault);
                deployment.resume(member);
            }
            case CUT_MEMBER -> {
                deployment.network().cut(member);
                pause(fault);
                deployment.network().connect(member);
            }
            case SPLIT_CLUSTER -> {
                deployment.network().splitOff(member);
                pause(fault);
                deployment.network().join(member);
            }
            case BAD_MEMBER_NETWORK -> {
                deployment.network().bad(member);
                pause(fault);
                deployment.network().good(member);
            }
            default -> {
                for (String relay : ClusteredDeployment.RELAYS) {
                    deployment.stop(relay);
                    deployment.start(relay);
                    pause(fault);
                }
                return "of both relays";
            }
        }
        return member;
    }

    private String container(Planned fault, Service service) {
        String name = service.container();
        switch (fault.kind()) {
            case ROTATE_LOG -> {
                containers.burst(Service.ROTATING);
                return Service.ROTATING.container();
            }
            case STOP_CONTAINER -> containers.stop(name);
            case KILL_CONTAINER -> containers.kill(name);
            default -> {
                containers.restart(name);
                return name;
            }
        }
        pause(fault);
        containers.start(name);
        return name;
    }

    private static String browser(Planned fault, Browser browser) {
        if (fault.kind() == FaultKind.BROWSER_AWAY) {
            browser.disconnect();
            pause(fault);
            browser.connect();
        } else {
            browser.slow(100);
            pause(fault);
            browser.resume();
        }
        return browser.name();
    }

    private static void pause(Planned fault) {
        try {
            TimeUnit.MILLISECONDS.sleep(fault.forMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
