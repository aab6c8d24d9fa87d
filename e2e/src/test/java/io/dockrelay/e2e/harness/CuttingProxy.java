package io.dockrelay.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Passes bytes on between two TCP or two unix sockets, as a network or a socket proxy would, and does to them what the
 * {@link LinkFaults} says. Two virtual threads a connection; everything ends with {@link #close()}.
 */
public final class CuttingProxy implements AutoCloseable {

    private static final int BUFFER = 16 * 1024;
    private static final Pattern FOLLOWS =
            Pattern.compile("GET \\S*/containers/([^/ ]+)/logs\\?(\\S*follow=(?:1|true)\\S*) ");

    private final LinkFaults weather;
    private final SocketAddress target;
    private final ServerSocketChannel server;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

    private CuttingProxy(LinkFaults weather, SocketAddress listen, SocketAddress target) {
        this.weather = weather;
        this.target = target;
        boolean unix = listen instanceof UnixDomainSocketAddress;
        try {
            server = unix ? ServerSocketChannel.open(StandardProtocolFamily.UNIX) : ServerSocketChannel.open();
            server.bind(listen);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + listen, e);
        }
        Thread.ofVirtual().name("proxy-accept").start(this::accept);
        Thread.ofVirtual().name("proxy-cutter").start(this::cutTheOld);
    }

    /** @param listen and {@code target}: both TCP, or both unix sockets */
    public static CuttingProxy start(LinkFaults weather, SocketAddress listen, SocketAddress target) {
        return new CuttingProxy(weather, listen, target);
    }

    /** On this port of ours, to that one of loopback. */
    public static CuttingProxy start(LinkFaults weather, InetAddress host, int port, int targetPort) {
        return start(
                weather,
                new InetSocketAddress(host, port),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort));
    }

    /** Cuts every connection there is. */
    public void cut() {
        List.copyOf(connections).forEach(Connection::close);
    }

    /** The containers whose logs an engine's client follows just now, one entry a stream. */
    public List<String> followed() {
        return connections.stream()
                .map(connection -> connection.follows)
                .filter(container -> container != null)
                .toList();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        weather.clear();
        cut();
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                SocketChannel client = server.accept();
                Thread.ofVirtual().name("proxy").start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(SocketChannel client) {
        var connection = new Connection(client);
        connections.add(connection);
        if (weather.isClosed() || !connection.reach()) {
            connection.close();
            return;
        }
        Thread.ofVirtual().name("proxy-up").start(() -> connection.pump(client, connection.server, true));
        connection.pump(connection.server, client, false);
    }

    private void cutTheOld() {
        while (server.isOpen()) {
            LockSupport.parkNanos(20_000_000);
            for (Connection connection : connections) {
                if (weather.outlived(connection.born)) {
                    connection.close();
                }
            }
        }
    }

    /** One client and its way to the target. */
    private final class Connection {

        private final long born = System.nanoTime();
        private final SocketChannel client;
        private volatile SocketChannel server;
        /** The container whose log the last request follows; null otherwise. */
        private volatile String follows;

        Connection(SocketChannel client) {
            this.client = client;
        }

        boolean reach() {
            try {
                server = SocketChannel.open(target);
                return true;
            } catch (IOException nobodyThere) {
                return false;
            }
        }

        void pump(SocketChannel from, SocketChannel to, boolean requests) {
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            try {
                while (from.read(buffer.clear()) >= 0) {
                    buffer.flip();
                    if (requests) {
                        note(buffer);
                    }
                    pass(buffer, to);
                }
            } catch (IOException ended) {
                // Either side went: so does the other.
            } finally {
                close();
            }
        }

        private void pass(ByteBuffer buffer, SocketChannel to) throws IOException {
            int end = buffer.limit();
            while (buffer.position() < end) {
                int piece = weather.piece(end - buffer.position());
                weather.pass(piece);
                buffer.limit(buffer.position() + piece);
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
            }
        }

        private void note(ByteBuffer buffer) {
            String request =
                    StandardCharsets.ISO_8859_1.decode(buffer.duplicate()).toString();
            Matcher matcher = FOLLOWS.matcher(request);
            follows = matcher.find() ? matcher.group(1) : null;
        }

        void close() {
            connections.remove(this);
            quietly(client);
            quietly(server);
        }

        private static void quietly(SocketChannel channel) {
            try {
                if (channel != null) {
                    channel.close();
                }
            } catch (IOException alreadyGone) {
                return;
            }
        }
    }
}
