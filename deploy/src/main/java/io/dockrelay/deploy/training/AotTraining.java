package io.dockrelay.deploy.training;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import org.slf4j.LoggerFactory;

import io.dockrelay.deploy.Arguments;
import io.dockrelay.deploy.Deployment;
import io.dockrelay.deploy.Launch;
import io.dockrelay.deploy.Role;
import io.dockrelay.deploy.StartupException;

/**
 * A training run of the whole program, from which the JVM makes its AOT cache ({@code deploy/train}): first all roles as in
 * one process, then controller and relay apart, with a {@link TrainingEngine} and a {@link TrainingClient}. It ends by
 * itself, with 0 on success. It is in the program's jar because the JVM accepts a cache only if the class path of the
 * training run is the start of the program's.
 */
public final class AotTraining {

    private static final long MAX_SECONDS = 90;
    private static final int ROUNDS = 20;

    private final Vertx vertx = Vertx.vertx(Launch.options());
    private final Path folder;

    private AotTraining(Path folder) {
        this.folder = folder;
    }

    /** @param arguments a folder for its files, which stay there */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]).toAbsolutePath());
        int code = 0;
        try {
            new AotTraining(folder).perform().await(MAX_SECONDS, TimeUnit.SECONDS);
        } catch (Exception failed) {
            LoggerFactory.getLogger(AotTraining.class).error("The training run failed", failed);
            code = 1;
        }
        System.exit(code);
    }

    private Future<Void> perform() {
        Path socket = folder.resolve("engine.sock");
        return TrainingEngine.listen(vertx, socket)
                .compose(listening -> scene(socket, List.of(List.of(Role.CONTROLLER, Role.RELAY))))
                .compose(before -> scene(socket, List.of(List.of(Role.CONTROLLER), List.of(Role.RELAY))));
    }

    /** Starts one deployment per process, runs the client against them, and stops them. */
    private Future<Void> scene(Path socket, List<List<Role>> processes) {
        List<Deployment> deployments = new ArrayList<>();
        int port = freePort();
        Future<Path> conf = conf(socket, port);
        Future<Void> opened = conf.mapEmpty();
        for (List<Role> roles : processes) {
            opened = opened.compose(before -> open(roles, conf.result())).map(deployment -> {
                deployments.addFirst(deployment);
                return null;
            });
        }
        return opened.compose(all -> runClient(new TrainingClient(vertx, port), ROUNDS))
                .eventually(() -> closeAll(deployments));
    }

    private static Future<Deployment> open(List<Role> roles, Path conf) {
        var run = new Arguments.Run(roles, false, Optional.of(conf));
        return new Launch(run, Optional.of(conf), Role::verticle).start();
    }

    private static Future<Void> runClient(TrainingClient client, int times) {
        Future<Void> done = client.look();
        for (int i = 1; i < times; i++) {
            done = done.compose(before -> client.look());
        }
        return done.compose(before -> client.follow());
    }

    private static Future<Void> closeAll(List<Deployment> deployments) {
        Future<Void> closed = Future.succeededFuture();
        for (Deployment deployment : deployments) {
            closed = closed.eventually(deployment::close);
        }
        return closed;
    }

    private Future<Path> conf(Path socket, int port) {
        int apiPort = freePort();
        int wsPort = freePort();
        var controller =
                new JsonObject().put("apiPort", apiPort).put("wsPort", wsPort).put("dockerHost", "unix://" + socket);
        var relay = new JsonObject()
                .put("port", port)
                .put("controllerWsPort", wsPort)
                .put("controllerApiPort", apiPort);
        var files = vertx.fileSystem();
        return files.writeFile(folder.resolve("controller.json").toString(), controller.toBuffer())
                .compose(written -> files.writeFile(folder.resolve("relay.json").toString(), relay.toBuffer()))
                .map(folder);
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException noneLeft) {
            throw new StartupException("No port of this machine is free: " + noneLeft.getMessage());
        }
    }
}
