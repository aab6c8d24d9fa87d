package io.dockrelay.e2e.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** Polls the engine for a container's last 50 lines every 500 ms, like dashboards without streams. */
final class PollingReader implements AutoCloseable {

    private static final long EVERY_NANOS = 500_000_000;
    private static final int READ = 64 * 1024;

    private final SocketChannel channel;
    private final byte[] request;
    private final Recording recording = new Recording();
    private final Thread thread;
    private volatile boolean over;

    PollingReader(Path socket, String container) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        request = ("GET /containers/" + container
                        + "/logs?stdout=1&stderr=1&timestamps=1&tail=50 HTTP/1.1\r\nHost: engine\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        thread = Thread.ofPlatform().daemon().name("polling-reader").start(this::poll);
    }

    /** Ends it; returns the age of each line at its first arrival. */
    Percentiles end() {
        over = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return recording.ages();
    }

    @Override
    public void close() throws IOException {
        over = true;
        channel.close();
    }

    private void poll() {
        long due = System.nanoTime();
        try {
            while (!over) {
                ask();
                due += EVERY_NANOS;
                for (long early = due - System.nanoTime(); early > 0 && !over; early = due - System.nanoTime()) {
                    LockSupport.parkNanos(early);
                }
            }
        } catch (IOException broken) {
            throw new IllegalStateException("polling-reader", broken);
        }
    }

    private void ask() throws IOException {
        RawHttp.write(channel, request);
        ByteBuffer buffer = ByteBuffer.allocate(READ).put(RawHttp.readHead(channel, " 200 "));
        var chunks = new Chunks();
        var scan = new LineScan(LineScan.scratch(READ));
        while (true) {
            long now = WallClock.nanoOfDay();
            chunks.feed(
                    buffer.array(),
                    0,
                    buffer.position(),
                    (bytes, from, to) -> scan.feed(bytes, from, to, (number, stamp) -> seen(number, stamp, now)));
            if (chunks.ended()) {
                return;
            }
            buffer.clear();
            if (channel.read(buffer) < 0) {
                throw new EOFException("the engine closed the connection");
            }
        }
    }

    /** The previous poll has returned the older ones. */
    private void seen(int number, long stamp, long now) {
        if (number > recording.newest()) {
            recording.line(number, stamp, now);
        }
    }
}
