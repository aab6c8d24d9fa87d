package io.dockrelay.e2e.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

import io.dockrelay.e2e.harness.Await;

/**
 * A connection with text, the thread that reads it, and the arrival time of an expected text: the engine's events or a
 * browser's WebSocket. Also counts the bytes.
 */
final class TextReader implements AutoCloseable {

    private static final int READ = 256 * 1024;

    /** A text and its arrival time. */
    record Sighting(Matcher found, long nanoOfDay) {}

    private final SocketChannel channel;
    private final PieceFraming wrapping;
    private final AtomicLong bytes = new AtomicLong();
    private final Thread thread;

    /** The expected text; null when none is expected. Guarded by this. */
    private Pattern wanted;
    /** The text that arrived since it is expected. Guarded by this. */
    private final StringBuilder text = new StringBuilder();
    /** Null until it has arrived. Guarded by this. */
    private Sighting sighting;

    private TextReader(SocketChannel channel, PieceFraming wrapping, Pattern first, byte[] afterHead) {
        this.channel = channel;
        this.wrapping = wrapping;
        this.wanted = first;
        this.thread = Thread.ofPlatform().daemon().name("text-reader").start(() -> read(afterHead));
    }

    /** The engine's events from now on. */
    static TextReader ofEvents(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        RawHttp.write(channel, "GET /events HTTP/1.1\r\nHost: engine\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return new TextReader(channel, new Chunks(), null, RawHttp.readHead(channel, " 200 "));
    }

    /** A browser; it expects its first text before it connects. */
    static TextReader ofBrowser(int port, Pattern first) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        try {
            byte[] afterHead = RawHttp.upgrade(channel, "/ws");
            return new TextReader(channel, new Frames(() -> RawHttp.write(channel, RawHttp.pong())), first, afterHead);
        } catch (IOException notYet) {
            channel.close();
            throw notYet;
        }
    }

    void send(String message) throws IOException {
        RawHttp.write(channel, RawHttp.textFrame(message));
    }

    /** Discards the text so far, and expects this one from now on. */
    synchronized void expect(Pattern pattern) {
        wanted = pattern;
        text.setLength(0);
        sighting = null;
    }

    /** Waits for the expected text. */
    @CanIgnoreReturnValue
    Sighting await(Duration atMost) {
        return Await.await("a text like " + wanted, atMost, this::seen);
    }

    /** Bytes of the stream, including its framing. */
    long bytes() {
        return bytes.get();
    }

    @Override
    public void close() throws IOException {
        channel.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Sighting seen() {
        return sighting;
    }

    private void read(byte[] afterHead) {
        var buffer = ByteBuffer.allocate(READ);
        buffer.put(afterHead);
        try {
            do {
                long now = WallClock.nanoOfDay();
                bytes.addAndGet(buffer.position());
                wrapping.feed(buffer.array(), 0, buffer.position(), this::came);
                look(now);
                buffer.clear();
            } while (channel.read(buffer) >= 0);
        } catch (ClosedChannelException closed) {
            // Closed by close().
            return;
        } catch (IOException broken) {
            throw new IllegalStateException("text-reader", broken);
        }
    }

    private synchronized void came(byte[] all, int from, int to) {
        if (wanted != null && sighting == null) {
            text.append(new String(all, from, to - from, StandardCharsets.UTF_8));
        }
    }

    private synchronized void look(long now) {
        if (wanted != null && sighting == null) {
            Matcher matcher = wanted.matcher(text.toString());
            if (matcher.find()) {
                sighting = new Sighting(matcher, now);
                text.setLength(0);
            }
        }
    }
}
