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
 * Forwards bytes between two TCP or two unix sockets, like a network or a socket proxy, with the faults of a {@link
 * LinkFaults}. Two virtual threads per connection; everything ends with {@link #close()}.
 */
public final class CuttingProxy implements AutoCloseable {

    private static final int BUFFER = 16 * 1024;
    private static final Pattern FOLLOWS =
            Pattern.compile("GET \\S*/containers/([^/ ]+)/logs\\?(\\S*follow=(?:1|true)\\S*) ");

    private final LinkFaults faults;
    private final SocketAddress target;
    private final ServerSocketChannel server;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

    private CuttingProxy(LinkFaults faults, SocketAddress listen, SocketAddress target) {
        this.faults = faults;
        this.target = target;
        boolean unix = listen instanceof UnixDomainSocketAddress;
        try {
            server = unix ? ServerSocketChannel.open(StandardProtocolFamily.UNIX) : ServerSocketChannel.open();
            server.bind(listen);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen on " + listen, e);
        }
        Thread.ofVirtual().name("proxy-accept").start(this::accept);
        Thread.ofVirtual().name("proxy-cutter").start(this::cutExpired);
    }

    /** @param listen and {@code target}: both TCP, or both unix sockets */
    public static CuttingProxy start(LinkFaults faults, SocketAddress listen, SocketAddress target) {
        return new CuttingProxy(faults, listen, target);
    }

    /** Listens on a port of this address and forwards to a port of loopback. */
    public static CuttingProxy start(LinkFaults faults, InetAddress host, int port, int targetPort) {
        return start(
                faults,
                new InetSocketAddress(host, port),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort));
    }

    /** Cuts all open connections. */
    public void cut() {
        List.copyOf(connections).forEach(Connection::close);
    }

    /** The containers whose logs an engine's client follows at present, one entry per stream. */
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
        faults.clear();
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
        if (faults.isClosed() || !connection.connect()) {
            connection.close();
            return;
        }
        Thread.ofVirtual().name("proxy-up").start(() -> connection.pump(client, connection.server, true));
        connection.pump(connection.server, client, false);
    }

    private void cutExpired() {
        while (server.isOpen()) {
            LockSupport.parkNanos(20_000_000);
            for (Connection connection : connections) {
                if (faults.outlived(connection.born)) {
                    connection.close();
                }
            }
        }
    }

    /** One client and its connection to the target. */
    private final class Connection {

        private final long born = System.nanoTime();
        private final SocketChannel client;
        private volatile SocketChannel server;
        /** The container whose log the last request follows; null otherwise. */
        private volatile String follows;

        Connection(SocketChannel client) {
            this.client = client;
        }

        boolean connect() {
            try {
                server = SocketChannel.open(target);
                return true;
            } catch (IOException noListener) {
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
                // When one side has closed, close the other.
            } finally {
                close();
            }
        }

        private void pass(ByteBuffer buffer, SocketChannel to) throws IOException {
            int end = buffer.limit();
            while (buffer.position() < end) {
                int piece = faults.piece(end - buffer.position());
                faults.pass(piece);
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
            closeQuietly(client);
            closeQuietly(server);
        }

        private static void closeQuietly(SocketChannel channel) {
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
