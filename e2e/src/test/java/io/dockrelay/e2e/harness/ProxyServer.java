package io.dockrelay.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A reverse proxy of Debian, with several ports, each with its own configuration. */
public final class ProxyServer implements AutoCloseable {

    private final Program program;

    private ProxyServer(Program program) {
        this.program = program;
    }

    /** @param sites what is inside of {@code location} or the server, by port */
    public static ProxyServer nginx(Path folder, Map<Integer, String> sites) {
        List<String> lines = new ArrayList<>(List.of(
                "daemon off;",
                "master_process off;",
                "pid nginx.pid;",
                "error_log stderr error;",
                "events {}",
                "http {",
                "access_log off;"));
        for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            lines.add(kind + "_temp_path " + folder + "/" + kind + ";");
        }
        sites.forEach((port, site) -> lines.add("server { listen 127.0.0.1:" + port + ";\n" + site + "\n}"));
        lines.add("}");
        Path file = write(folder, "nginx.conf", lines);
        return start("nginx", sites, List.of("-p", folder.toString(), "-c", file.toString()));
    }

    /** @param sites the lines of each frontend, by port */
    public static ProxyServer haproxy(Path folder, Map<Integer, String> sites) {
        List<String> lines = new ArrayList<>(
                List.of("defaults", " mode http", " timeout connect 5s", " timeout client 30s", " timeout server 30s"));
        sites.forEach((port, site) -> lines.add("listen site" + port + "\n bind 127.0.0.1:" + port + "\n" + site));
        Path file = write(folder, "haproxy.cfg", lines);
        return start("haproxy", sites, List.of("-db", "-f", file.toString()));
    }

    /** @param sites the directives of each site, by port */
    public static ProxyServer caddy(Path folder, Map<Integer, String> sites) {
        List<String> lines = new ArrayList<>(List.of("{\n admin off\n auto_https off\n}"));
        sites.forEach((port, site) -> lines.add("http://127.0.0.1:" + port + " {\n bind 127.0.0.1\n" + site + "\n}"));
        Path file = write(folder, "Caddyfile", lines);
        return start("caddy", sites, List.of("run", "--adapter", "caddyfile", "--config", file.toString()));
    }

    private static ProxyServer start(String name, Map<Integer, String> sites, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(find(name).orElseThrow().toString()));
        command.addAll(arguments);
        Program program = Program.run(name, Map.of("HOME", System.getProperty("java.io.tmpdir")), command);
        Await.until(name + " listens", Duration.ofSeconds(20), () -> {
            if (!program.isAlive()) {
                throw new AssertionError(name + " has ended:\n" + program.wholeOutput());
            }
            return sites.keySet().stream().allMatch(ProxyServer::listens);
        });
        return new ProxyServer(program);
    }

    private static boolean listens(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static Optional<Path> find(String name) {
        Stream<String> folders =
                Stream.concat(Stream.of(System.getenv("PATH").split(":", -1)), Stream.of("/usr/sbin", "/sbin"));
        return folders.map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Path write(Path folder, String name, List<String> lines) {
        try {
            return Files.write(folder.resolve(name), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        program.close();
    }
}
