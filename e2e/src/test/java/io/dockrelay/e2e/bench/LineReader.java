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
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;

import io.dockrelay.e2e.harness.Await;

/**
 * A connection with numbered lines, and the thread that reads it: the engine's log API or the relay's WebSocket, in the
 * same loop. The arrival time is taken once per read, before the bytes are parsed.
 */
final class LineReader implements AutoCloseable {

    private static final int READ = 256 * 1024;

    private final SocketChannel channel;
    private final PieceFraming wrapping;
    private final AtomicReference<Recording> recording = new AtomicReference<>(new Recording());
    private final Thread thread;

    private LineReader(String name, SocketChannel channel, PieceFraming wrapping, byte[] afterHead) {
        this.channel = channel;
        this.wrapping = wrapping;
        this.thread = Thread.ofPlatform().daemon().name(name).start(() -> read(afterHead));
    }

    /** Follows a container's log at the engine, from its current end. */
    static LineReader ofEngine(Path socket, String container) throws IOException {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        String request = "GET /containers/" + container
                + "/logs?follow=1&stdout=1&stderr=1&timestamps=1&tail=0 HTTP/1.1\r\nHost: engine\r\n\r\n";
        RawHttp.write(channel, request.getBytes(StandardCharsets.US_ASCII));
        return new LineReader("raw-reader", channel, new Chunks(), RawHttp.readHead(channel, " 200 "));
    }

    /** Follows a container's log at a relay, from its current end. */
    static LineReader ofRelay(int port, String container) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        byte[] afterHead = RawHttp.upgrade(channel, "/ws");
        RawHttp.write(channel, RawHttp.subscribe(container));
        var frames = new Frames(() -> RawHttp.write(channel, RawHttp.pong()));
        return new LineReader("relay-reader", channel, frames, untilSnapshot(channel, afterHead));
    }

    /** Reads up to the snapshot, which marks the log's end: lines written after it are measured. */
    private static byte[] untilSnapshot(SocketChannel channel, byte[] afterHead) throws IOException {
        var buffer = ByteBuffer.allocate(READ).put(afterHead);
        while (!new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1)
                .contains("log_snapshot")) {
            if (!buffer.hasRemaining() || channel.read(buffer) < 0) {
                throw new IOException("the relay gave no snapshot");
            }
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    /** Starts a new recording with the next read. Read the old one only while no lines arrive. */
    Recording begin() {
        var fresh = new Recording();
        recording.set(fresh);
        return fresh;
    }

    /** Waits until a line has arrived. */
    void await(long number, Duration atMost) {
        Await.until(
                thread.getName() + " has line " + number,
                atMost,
                () -> recording.get().last() >= number || !thread.isAlive());
        if (recording.get().last() < number) {
            throw new AssertionError(
                    thread.getName() + " ended at line " + recording.get().last());
        }
    }

    long last() {
        return recording.get().last();
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

    private void read(byte[] afterHead) {
        var scan = new LineScan(LineScan.scratch(READ));
        var buffer = ByteBuffer.allocate(READ);
        buffer.put(afterHead);
        try {
            do {
                long now = WallClock.nanoOfDay();
                Recording into = recording.get();
                wrapping.feed(
                        buffer.array(),
                        0,
                        buffer.position(),
                        (bytes, from, to) ->
                                scan.feed(bytes, from, to, (number, stamp) -> into.line(number, stamp, now)));
                into.publish();
                buffer.clear();
            } while (channel.read(buffer) >= 0);
        } catch (ClosedChannelException closed) {
            // Closed by close().
            return;
        } catch (IOException broken) {
            throw new IllegalStateException(thread.getName(), broken);
        }
    }
}
