package io.dockrelay.controller.access;

import java.time.Duration;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.docker.DockerEngine;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.EngineStatus;
import io.dockrelay.protocol.bus.Registration;
import io.dockrelay.protocol.timers.Timeout;

/**
 * Finds out, after the start, what the engine's socket allows, and logs it in one line. Finds out again when the engine
 * returns after an outage, because a proxy with other rules may listen there then, and logs only a change. Deployed by the
 * controller and undeployed with it, on its own event loop.
 */
public final class AccessVerticle extends VerticleBase {

    private static final Logger log = LoggerFactory.getLogger(AccessVerticle.class);

    /** The first scan and the servers come first. */
    private static final Duration AFTER_START = Duration.ofSeconds(1);

    /** From one probe to the next, when the engine goes and returns again and again. */
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final DockerEngine engine;
    private final String controller;
    private final Duration pause;
    private final AccessProbe probe;

    /** What was logged; null before the first line. */
    private EngineAccess logged;

    /** By the nanosecond clock; of the last probe that was answered. */
    private long answeredAt;

    private boolean probing;

    /** Whether the last probe is not valid, because the engine has been away since it began. */
    private boolean due;

    /** As the watcher says. */
    private boolean available = true;

    private Timeout next;
    private Registration following;

    /**
     * @param engine closed by the caller, after this verticle
     * @param controller the controller's id
     */
    public AccessVerticle(DockerEngine engine, String controller) {
        this(engine, controller, PAUSE);
    }

    AccessVerticle(DockerEngine engine, String controller, Duration pause) {
        this.engine = engine;
        this.controller = controller;
        this.pause = pause;
        this.probe = new AccessProbe(engine);
    }

    @Override
    public Future<?> start() {
        next = new Timeout(vertx);
        next.start(AFTER_START, this::probe);
        following = Bus.of(vertx).subscribe(Addresses.ENGINE_STATUS, this::status);
        return following.ready();
    }

    @Override
    public Future<?> stop() {
        next.cancel();
        available = false; // A probe that is under way starts no timer.
        return following.close();
    }

    private void status(EngineStatus status) {
        if (!status.controller().equals(controller)) {
            return;
        }
        available = status.available();
        due |= !available;
        Duration since = Duration.ofNanos(System.nanoTime() - answeredAt);
        schedule(logged == null ? Duration.ZERO : pause.minus(since));
    }

    private void schedule(Duration delay) {
        if (due && available && !probing && !next.isRunning()) {
            next.start(delay, this::probe);
        }
    }

    private void probe() {
        probing = true;
        due = false;
        probe.run().onSuccess(this::observed);
    }

    /** An engine that does not answer is the watcher's subject, and probed when it returns. */
    private void observed(EngineAccess access) {
        probing = false;
        if (access.isAnswered()) {
            answeredAt = System.nanoTime();
            report(access);
        } else {
            due = true;
        }
        schedule(pause);
    }

    private void report(EngineAccess access) {
        if (access.equals(logged)) {
            return;
        }
        logged = access;
        if (access.isExactlyAProfile()) {
            log.info("the engine at {} {}", engine.endpoint(), access.text());
        } else {
            log.warn("the engine at {} {}", engine.endpoint(), access.text());
        }
    }
}
