package io.dockrelay.controller;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.github.dockerjava.core.DockerClientConfig;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.controller.access.AccessVerticle;
import io.dockrelay.controller.control.ControlVerticle;
import io.dockrelay.controller.details.DetailsVerticle;
import io.dockrelay.controller.dial.RelayDial;
import io.dockrelay.controller.inventory.DockerWatcher;
import io.dockrelay.controller.inventory.OwnContainers;
import io.dockrelay.controller.inventory.PresenceAnnouncer;
import io.dockrelay.controller.logs.download.DownloadVerticle;
import io.dockrelay.controller.logs.search.SearchVerticle;
import io.dockrelay.controller.logs.tail.TailSupervisor;
import io.dockrelay.controller.server.ControllerServer;
import io.dockrelay.controller.server.TunnelSockets;
import io.dockrelay.controller.stats.StatsVerticle;
import io.dockrelay.controller.stats.history.HistoryOff;
import io.dockrelay.controller.stats.history.HistoryVerticle;
import io.dockrelay.docker.DockerEngine;
import io.dockrelay.docker.DockerHosts;
import io.dockrelay.docker.HttpDockerEngine;
import io.dockrelay.listener.tunnel.SocketFolder;
import io.dockrelay.protocol.bus.BusAccess;
import io.dockrelay.protocol.rights.Permission;
import io.dockrelay.settings.ControllerSettings;
import io.dockrelay.settings.DockerSettings;
import io.dockrelay.settings.DoorSettings;
import io.dockrelay.settings.HistorySettings;
import io.dockrelay.settings.Secret;
import io.dockrelay.settings.SettingsException;

/**
 * A whole controller: reads the settings, opens the engine, deploys the parts in the order of their dependencies, and
 * undeploys them in reverse order. It also starts while the engine does not answer. Its {@code config()} is the content of
 * {@code conf/controller.json}; deploy one instance per engine.
 */
public final class ControllerVerticle extends VerticleBase {

    private static final Logger log = LoggerFactory.getLogger(ControllerVerticle.class);

    /** Deployment ids, newest first. */
    private final Deque<String> parts = new ArrayDeque<>();

    /** For scans, logs and stats. */
    private DockerEngine engine;

    /** For actions, so that slow stops delay nothing else. */
    private DockerEngine controlEngine;

    private ControllerServer server;

    /** Empty for a controller that dials no relay. */
    private Optional<SocketFolder> tunnel = Optional.empty();

    /** Empty until the settings have been read. */
    private String id = "";

    /** Objects whose construction blocks: it reads files of the machine and loads the HTTP client. */
    private record Surroundings(
            DockerEngine engine, DockerEngine controlEngine, OwnContainers own, Optional<SocketFolder> tunnel) {}

    @Override
    public Future<?> start() {
        return ControllerSettings.load(vertx, config())
                .compose(settings -> vertx.executeBlocking(() -> surroundings(settings))
                        .compose(around -> deployParts(settings, around)))
                .recover(failure -> takeDown().transform(down -> Future.failedFuture(failure)));
    }

    @Override
    public Future<?> stop() {
        return takeDown();
    }

    /** The port of the REST interface, chosen by the system when the settings have 0. */
    public int apiPort() {
        return server.apiPort();
    }

    /** The port of the WebSockets, chosen by the system when the settings have 0. */
    public int wsPort() {
        return server.wsPort();
    }

    private Future<Void> deployParts(ControllerSettings settings, Surroundings around) {
        id = settings.id();
        warnOfTrust(settings.door());
        BusAccess.of(vertx)
                .restrict(
                        id,
                        PresenceAnnouncer.allowed(settings),
                        settings.door().token().map(Secret::reveal));
        engine = around.engine();
        controlEngine = around.controlEngine();
        tunnel = around.tunnel();
        Optional<TunnelSockets> sockets = tunnel.map(folder -> new TunnelSockets(
                folder.socket("api"),
                folder.socket("ws"),
                settings.dial().orElseThrow().relay().getHost()));
        server = new ControllerServer(settings, sockets);
        log.info("controller {} for the engine at {}", settings.id(), engine.endpoint());
        return deploy(new DockerWatcher(engine, settings, around.own()))
                .compose(watching -> deploy(new TailSupervisor(
                        engine, settings.id(), settings.limits().lines())))
                .compose(tailing -> deploy(new ControlVerticle(controlEngine, settings, around.own())))
                .compose(controlling -> deploy(new StatsVerticle(engine, settings.id())))
                .compose(measuring -> deploy(history(settings)))
                .compose(remembering -> deploy(new DownloadVerticle(engine, settings.id())))
                .compose(downloading -> deploy(new SearchVerticle(engine, settings.id())))
                .compose(searching -> deploy(new DetailsVerticle(engine, settings.id(), settings.revealSecrets())))
                .compose(describing -> deploy(server))
                .compose(serving -> deploy(new AccessVerticle(engine, settings.id())))
                .compose(checking -> sockets.isEmpty()
                        ? Future.succeededFuture()
                        : deploy(new RelayDial(settings.dial().orElseThrow(), settings.id(), sockets.get())));
    }

    private void warnOfTrust(DoorSettings door) {
        boolean open = door.token().isEmpty() && (!door.isMutual() || vertx.isClustered());
        if (door.trustNetwork() && open) {
            log.warn(
                    "trustNetwork (CONTROLLER_TRUST_NETWORK) is set: every program that reaches this controller reads all"
                            + " logs and stops all containers");
        }
    }

    /** Without the permission to read it, the load is not measured either. */
    private static Deployable history(ControllerSettings settings) {
        HistorySettings history = settings.history();
        boolean allowed = PresenceAnnouncer.allowed(settings).contains(Permission.STATS);
        return history.step()
                .filter(step -> allowed)
                .<Deployable>map(step -> new HistoryVerticle(settings.id(), step, history.folder()))
                .orElseGet(() -> new HistoryOff(settings.id()));
    }

    private Future<Void> deploy(Deployable part) {
        return vertx.deployVerticle(part).map(id -> {
            parts.push(id);
            return null;
        });
    }

    private Future<Void> takeDown() {
        if (parts.isEmpty()) {
            BusAccess.of(vertx).release(id);
            return closeEngines().transform(closed -> deleteSockets());
        }
        // One after the other, also after a failure.
        return vertx.undeploy(parts.pop()).transform(undeployed -> takeDown());
    }

    private Future<Void> deleteSockets() {
        Optional<SocketFolder> gone = tunnel;
        tunnel = Optional.empty();
        return gone.isEmpty()
                ? Future.succeededFuture()
                : vertx.<Void>executeBlocking(() -> {
                            gone.get().delete();
                            return null;
                        })
                        .onFailure(left -> log.debug("{}", left.getMessage()));
    }

    private Future<Void> closeEngines() {
        List<Future<Void>> closing = List.of(
                engine == null ? Future.succeededFuture() : engine.close(),
                controlEngine == null ? Future.succeededFuture() : controlEngine.close());
        return Future.join(closing).mapEmpty();
    }

    /** The settings decide about the engine; the environment only helps to find what they leave open. */
    private Surroundings surroundings(ControllerSettings all) {
        BusAccess.clusterHost(vertx).ifPresent(host -> all.door().checkCluster(host));
        DockerSettings settings = all.docker();
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.keySet().removeAll(List.of("DOCKER_HOST", "DOCKER_TLS_VERIFY", "DOCKER_CERT_PATH"));
        settings.host().ifPresent(host -> environment.put("DOCKER_HOST", host));
        settings.certPath().ifPresent(path -> environment.put("DOCKER_CERT_PATH", path.toString()));
        settings.context().ifPresent(context -> environment.put("DOCKER_CONTEXT", context));
        if (settings.tlsVerify()) {
            environment.put("DOCKER_TLS_VERIFY", "1");
        }
        var own =
                OwnContainers.of(read("/proc/self/cgroup"), read("/proc/self/mountinfo"), environment.get("HOSTNAME"));
        try {
            DockerClientConfig docker = DockerHosts.discover(environment);
            Optional<SocketFolder> sockets =
                    all.dial().isPresent() ? Optional.of(SocketFolder.create()) : Optional.empty();
            return new Surroundings(
                    new HttpDockerEngine(vertx, docker), new HttpDockerEngine(vertx, docker), own, sockets);
        } catch (IOException noFolder) {
            throw new SettingsException(
                    List.of("no folder for the sockets of the relay can be made: " + noFolder.getMessage() + "."));
        } catch (IllegalArgumentException wrong) {
            throw new SettingsException(List.of(wrong.getMessage()));
        }
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException notLinux) {
            return "";
        }
    }
}
