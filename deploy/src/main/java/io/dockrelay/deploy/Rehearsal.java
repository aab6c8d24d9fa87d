package io.dockrelay.deploy;

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

/**
 * A run of the whole program before nobody, from which the JVM learns what it needs at start ({@code deploy/train}): as one
 * process' worth of all roles, then with controller and relay apart, beside an engine that only says its lines, looked at
 * by {@link RehearsalVisitor}s. Ends by itself, with 0 when everything went as it should.
 */
public final class Rehearsal {

    private static final long MOST_SECONDS = 90;
    private static final int VISITS = 20;

    private final Vertx vertx = Vertx.vertx(Launch.options());
    private final Path folder;

    private Rehearsal(Path folder) {
        this.folder = folder;
    }

    /** @param arguments a folder for its files, which it leaves there */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]).toAbsolutePath());
        int code = 0;
        try {
            new Rehearsal(folder).perform().await(MOST_SECONDS, TimeUnit.SECONDS);
        } catch (Exception failed) {
            LoggerFactory.getLogger(Rehearsal.class).error("The rehearsal failed", failed);
            code = 1;
        }
        System.exit(code);
    }

    private Future<Void> perform() {
        Path socket = folder.resolve("engine.sock");
        return RehearsalEngine.listen(vertx, socket)
                .compose(listening -> scene(socket, List.of(List.of(Role.CONTROLLER, Role.RELAY))))
                .compose(before -> scene(socket, List.of(List.of(Role.CONTROLLER), List.of(Role.RELAY))));
    }

    /** Opens these processes' houses, has visitors in, and closes them. */
    private Future<Void> scene(Path socket, List<List<Role>> processes) {
        List<House> houses = new ArrayList<>();
        int port = freePort();
        Future<Path> conf = conf(socket, port);
        Future<Void> opened = conf.mapEmpty();
        for (List<Role> roles : processes) {
            opened = opened.compose(before -> open(roles, conf.result())).map(house -> {
                houses.addFirst(house);
                return null;
            });
        }
        return opened.compose(all -> visit(new RehearsalVisitor(vertx, port), VISITS))
                .eventually(() -> closeAll(houses));
    }

    private static Future<House> open(List<Role> roles, Path conf) {
        var run = new Arguments.Run(roles, false, Optional.of(conf));
        return new Launch(run, Optional.of(conf), Role::verticle).start();
    }

    private static Future<Void> visit(RehearsalVisitor visitor, int times) {
        Future<Void> visited = visitor.look();
        for (int i = 1; i < times; i++) {
            visited = visited.compose(before -> visitor.look());
        }
        return visited.compose(before -> visitor.follow());
    }

    private static Future<Void> closeAll(List<House> houses) {
        Future<Void> closed = Future.succeededFuture();
        for (House house : houses) {
            closed = closed.eventually(house::close);
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
            throw new CannotStart("No port of this machine is free: " + noneLeft.getMessage());
        }
    }
}
