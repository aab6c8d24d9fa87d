package io.dockrelay.client;

import java.time.Duration;
import java.util.List;

import io.vertx.core.Vertx;

import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.BusAccess;
import io.dockrelay.protocol.logs.TailFrom;
import io.dockrelay.protocol.state.ContainerAction;

/**
 * The containers of all controllers on a Vert.x event bus, for a verticle of one's own. A single node has the controller in the
 * same JVM; in a cluster it is anywhere.
 *
 * <pre>{@code
 * var dockrelay = Dockrelay.of(vertx);
 * dockrelay.containers().handler(event -> System.out.println(event));
 * }</pre>
 *
 * <p>A feed begins by itself, and waits for a controller that is not there yet. Each belongs to the Vert.x context from which it
 * was requested: its handlers run there. Whoever requests a feed closes it, at the latest in the verticle's {@code stop}.
 * Instances are cheap and immutable; for any thread.
 */
public final class Dockrelay {

    private final Vertx vertx;
    private final Bus bus;

    private Dockrelay(Vertx vertx) {
        this.vertx = vertx;
        this.bus = Bus.of(vertx);
    }

    /**
     * For a program without a cluster, or whose controllers need no token.
     *
     * @param vertx of the program
     * @return the containers on its event bus
     */
    public static Dockrelay of(Vertx vertx) {
        return new Dockrelay(vertx);
    }

    /**
     * For another program of the controllers' cluster.
     *
     * @param vertx a member of the cluster
     * @param token the controllers' {@code CONTROLLER_TOKEN}; it stays in this program, which proves with each call that it has it
     * @return the containers on the event bus of the cluster
     */
    public static Dockrelay of(Vertx vertx, String token) {
        BusAccess.of(vertx).callWith(token);
        return new Dockrelay(vertx);
    }

    /**
     * The containers of all controllers, and what becomes of them.
     *
     * @return a feed that ends with {@link Feed#close} only
     */
    public ContainerFeed containers() {
        return new ContainerFeed(vertx, bus, controller -> true);
    }

    /**
     * The containers of one controller.
     *
     * @param controller its id ({@code CONTROLLER_ID}); nothing arrives while there is none of that id
     * @return a feed that ends with {@link Feed#close} only
     */
    public ContainerFeed containers(String controller) {
        return new ContainerFeed(vertx, bus, controller::equals);
    }

    /**
     * The log of a container that exists.
     *
     * @param controller the id of the container's controller
     * @param container its name, full name or id
     * @param from {@link TailFrom.Lines} for the newest lines, or {@link TailFrom.After} to go on after a cursor
     * @return a feed that follows the container until it is closed or fails
     */
    public LogFeed log(String controller, String container, TailFrom from) {
        return new LogFeed(vertx, bus, controller, new LogStart(container, from, false));
    }

    /**
     * The log of a container that may not exist yet: the feed waits for it.
     *
     * @param controller the id of the controller that will have it
     * @param container its name
     * @param from as in {@link #log}
     * @return a feed that follows the container until it is closed or fails
     */
    public LogFeed logOnceThere(String controller, String container, TailFrom from) {
        return new LogFeed(vertx, bus, controller, new LogStart(container, from, true));
    }

    /**
     * Starts, stops, restarts or kills a container, and follows the action to its effect.
     *
     * @param controller the id of the container's controller
     * @param container its name, full name or id
     * @param action what to do
     * @param by the requester, as others see it
     * @return a feed of the action's steps, which ends with the last one
     */
    public ActionFeed control(String controller, String container, ContainerAction action, String by) {
        return new ActionFeed(vertx, bus, controller, container, action, by);
    }

    /**
     * The load of containers, measured while the feed is open.
     *
     * @param controller the id of the containers' controller
     * @param containers their names or ids; {@code *} for all
     * @param interval between two measurements of a container: from 1 s to 60 s
     * @return a feed of samples, until it is closed or fails
     */
    public StatsFeed stats(String controller, List<String> containers, Duration interval) {
        return new StatsFeed(vertx, bus, controller, containers, interval);
    }
}
