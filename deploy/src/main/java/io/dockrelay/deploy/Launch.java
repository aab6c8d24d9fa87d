package io.dockrelay.deploy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.deploy.Deployment.Part;
import io.dockrelay.protocol.bus.BusAccess;
import io.dockrelay.settings.ClusterSettings;

/** Turns a command line into an open {@link Deployment}. Used once, on the main thread, by {@link Main}. */
public final class Launch {

    private static final Logger LOG = LoggerFactory.getLogger(Launch.class);

    private final Arguments.Run run;
    private final Optional<Path> conf;
    private final Function<Role, String> verticles;

    /** @param verticles the class of each role's verticle */
    public Launch(Arguments.Run run, Optional<Path> conf, Function<Role, String> verticles) {
        this.run = run;
        this.conf = conf;
        this.verticles = verticles;
    }

    /** Opens the deployment; a failure first closes what was opened. */
    public Future<Deployment> start() {
        LOG.info(
                "Dockrelay {} as {} on Java {}, configuration: {}",
                Version.program(),
                run.name(),
                Runtime.version().feature(),
                conf.map(Path::toString).orElse("the defaults"));
        if (!System.getenv().getOrDefault("JAVA_OPTS", "").isBlank()) {
            LOG.warn("JAVA_OPTS is set but not used: ./run and compose.yaml read it, java itself reads _JAVA_OPTIONS");
        }
        Vertx single = Vertx.vertx(options());
        return new Configuration(single, conf, run)
                .read()
                .compose(checked -> bus(single, checked).compose(vertx -> open(vertx, checked)))
                .recover(cause -> single.close().transform(closed -> Future.failedFuture(cause)));
    }

    /** Prefers a native transport to the JDK's; vertx-docker logs which one is used. */
    public static VertxOptions options() {
        return new VertxOptions().setPreferNativeTransport(true);
    }

    /** The Vert.x that read the settings, or a clustered one in its place. */
    private static Future<Vertx> bus(Vertx single, Configuration.Checked checked) {
        Optional<ClusterSettings> cluster = checked.cluster();
        return cluster.isPresent()
                ? detached(Cluster.options(single, cluster.get(), options()))
                        .compose(options -> single.close().compose(closed -> Cluster.join(cluster.get(), options)))
                : Future.succeededFuture(single);
    }

    /** The same result without the context of its Vert.x, which takes no tasks when it is closed. */
    private static <T> Future<T> detached(Future<T> future) {
        Promise<T> result = Promise.promise();
        future.onComplete(result);
        return result.future();
    }

    private Future<Deployment> open(Vertx vertx, Configuration.Checked checked) {
        Deployment deployment = new Deployment(vertx);
        checked.token().ifPresent(token -> BusAccess.of(vertx).callWith(token.reveal()));
        List<Part> parts = Stream.concat(
                        run.roles().stream()
                                .map(role -> new Part(
                                        verticles.apply(role), checked.configs().get(role))),
                        checked.verticles().stream())
                .toList();
        return deployment
                .open(parts)
                .map(deployment)
                .recover(cause -> deployment.close().transform(closed -> Future.failedFuture(cause)));
    }
}
