package io.dockrelay.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Many connections to one port from many addresses of the loopback network. They send, and read only when asked to. */
public final class Crowd implements AutoCloseable {

    private static final int BYTES = 64 * 1024;
    private static final Duration BETWEEN_BYTES = Duration.ofMillis(200);
    private static final Duration STUCK = Duration.ofSeconds(20);

    private final int port;
    private final List<SocketChannel> channels = new ArrayList<>();

    public Crowd(int port) {
        this.port = port;
    }

    /** Opens this many from each of these addresses, {@code 127.NET.0.1} and following. */
    public void open(int net, int addresses, int each) {
        for (int address = 1; address <= addresses; address++) {
            for (int i = 0; i < each; i++) {
                channels.add(connect("127." + net + "." + address / 256 + "." + address % 256));
            }
        }
    }

    private SocketChannel connect(String from) {
        try {
            SocketChannel channel = SocketChannel.open();
            channel.bind(new InetSocketAddress(from, 0));
            channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.configureBlocking(false);
            return channel;
        } catch (IOException e) {
            throw new UncheckedIOException("connection " + channels.size() + " from " + from, e);
        }
    }

    public int size() {
        return channels.size();
    }

    /** Sends the same bytes, all of them, on each connection that is open. */
    public void send(byte[] bytes) {
        ByteBuffer received = ByteBuffer.allocate(BYTES);
        for (SocketChannel channel : channels) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            Await.until("the other side reads", STUCK, () -> isSent(channel, rest, received));
        }
    }

    /** Whether there is nothing left to send. What has arrived is read, so that the two sides do not wait for each other. */
    private static boolean isSent(SocketChannel channel, ByteBuffer rest, ByteBuffer received) {
        try {
            boolean full = channel.write(rest) == 0;
            return !rest.hasRemaining() || (full && !isOpen(channel, received));
        } catch (IOException cut) {
            // Being cut is a valid answer to what a crowd sends.
            return true;
        }
    }

    /**
     * Sends the head of a request byte by byte, on a thread of its own.
     *
     * @return the time until each connection was cut; fails if one is open after {@code atMost}
     */
    public CompletableFuture<Duration> drip(Duration atMost) {
        byte[] head = "GET /ws HTTP/1.1\r\nHost: localhost\r\nX-Slow: ".getBytes(ISO_8859_1);
        var cut = new CompletableFuture<Duration>();
        Thread.ofPlatform().name("drip").daemon().start(() -> {
            try {
                cut.complete(drip(head, atMost));
            } catch (InterruptedException | RuntimeException | AssertionError wrong) {
                cut.completeExceptionally(wrong);
            }
        });
        return cut;
    }

    private Duration drip(byte[] head, Duration atMost) throws InterruptedException {
        long begin = System.nanoTime();
        for (int sent = 0; readAndCountOpen() > 0; sent++) {
            if (System.nanoTime() - begin > atMost.toNanos()) {
                throw new AssertionError(readAndCountOpen() + " connections are open after " + atMost);
            }
            send(new byte[] {sent < head.length ? head[sent] : (byte) 'a'});
            Thread.sleep(BETWEEN_BYTES);
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    public void send(String text) {
        send(text.getBytes(ISO_8859_1));
    }

    public void upgrade() {
        send("GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n");
    }

    /** Reads what has arrived, and returns how many are still open. */
    public int readAndCountOpen() {
        ByteBuffer buffer = ByteBuffer.allocate(BYTES);
        int open = 0;
        for (SocketChannel channel : channels) {
            open += isOpen(channel, buffer) ? 1 : 0;
        }
        return open;
    }

    private static boolean isOpen(SocketChannel channel, ByteBuffer buffer) {
        try {
            int read;
            do {
                buffer.clear();
                read = channel.read(buffer);
            } while (read > 0);
            return read == 0;
        } catch (IOException cut) {
            return false;
        }
    }

    @Override
    public void close() {
        for (SocketChannel channel : channels) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        channels.clear();
    }
}
