package io.dockrelay.deploy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.deploy.House.Room;
import io.dockrelay.settings.ClusterSettings;

/** From a command line to an open {@link House}. Used once, on the main thread, by {@link Main}. */
final class Launch {

    private static final Logger LOG = LoggerFactory.getLogger(Launch.class);

    private final Arguments.Run run;
    private final Optional<Path> conf;
    private final Function<Role, String> verticles;

    /** @param verticles the class of each role's verticle */
    Launch(Arguments.Run run, Optional<Path> conf, Function<Role, String> verticles) {
        this.run = run;
        this.conf = conf;
        this.verticles = verticles;
    }

    /** The open house; when something fails, all that was opened is closed again first. */
    Future<House> start() {
        LOG.info(
                "Dockrelay {} as {} on Java {}, configuration: {}",
                Version.program(),
                run.roles().size() > 1
                        ? "all"
                        : run.roles().getFirst().catalogue().role(),
                Runtime.version().feature(),
                conf.map(Path::toString).orElse("the defaults"));
        Vertx single = Vertx.vertx(options());
        return new Configuration(single, conf, run)
                .read()
                .compose(checked -> bus(single, checked).compose(vertx -> open(vertx, checked)))
                .recover(cause -> single.close().transform(closed -> Future.failedFuture(cause)));
    }

    /** Native transports where the machine has one, else the JDK's; vertx-docker says which. */
    static VertxOptions options() {
        return new VertxOptions().setPreferNativeTransport(true);
    }

    /** The Vert.x that read the settings, or in its place one that shares its bus. */
    private static Future<Vertx> bus(Vertx single, Configuration.Checked checked) {
        Optional<ClusterSettings> cluster = checked.cluster();
        return cluster.isPresent()
                ? single.close().compose(closed -> Cluster.join(cluster.get()))
                : Future.succeededFuture(single);
    }

    private Future<House> open(Vertx vertx, Configuration.Checked checked) {
        House house = new House(vertx);
        List<Room> rooms = run.roles().stream()
                .map(role -> new Room(verticles.apply(role), checked.configs().get(role)))
                .toList();
        return house.open(rooms)
                .map(house)
                .recover(cause -> house.close().transform(closed -> Future.failedFuture(cause)));
    }
}
