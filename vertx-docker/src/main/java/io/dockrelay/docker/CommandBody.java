package io.dockrelay.docker;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;

/**
 * A response's body as a blocking stream, one buffer ahead at most: the next is fetched when a read finds nothing.
 * Written by the event loop, read by one thread at a time.
 */
final class CommandBody extends InputStream {

    private static final Object END = new Object();

    /** What may be thrown away to save the connection; more, and closing it is cheaper. */
    private static final int WORTH_DRAINING = 64 * 1024;

    private final HttpClientResponse response;
    private final EngineErrors failures;
    private final boolean endless;
    /** Buffers, then END or the failure. Holds one buffer and the end at most. */
    private final LinkedBlockingQueue<Object> arrived = new LinkedBlockingQueue<>();

    private final AtomicBoolean closed = new AtomicBoolean();
    /** True once the last byte is here or the connection broke; event loop writes, anybody reads. */
    private volatile boolean over;

    /** Only the reading thread: the buffer being read, and how far. */
    private byte[] bytes = new byte[0];

    private int position;
    /** Only the reading thread: END or the failure, once it was met. */
    private Object last;

    /** @param endless whether the rest may never come, so that waiting for it is no way to save the connection */
    CommandBody(HttpClientResponse response, EngineErrors failures, boolean endless) {
        this.response = response;
        this.endless = endless;
        this.failures = failures;
        response.pause();
        response.exceptionHandler(this::broke);
        response.endHandler(end -> finish(END));
        response.handler(arrived::add);
    }

    @Override
    public int read() throws IOException {
        return fill() ? bytes[position++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, bytes.length - position);
        System.arraycopy(bytes, position, target, offset, count);
        position += count;
        return count;
    }

    @Override
    public int available() {
        return bytes.length - position;
    }

    /** Gives the connection back if the rest is short, which it mostly is, and closes it otherwise. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true) || over) {
            return;
        }
        if (endless) {
            response.request().reset().onFailure(this::broke);
            return;
        }
        Remainder remainder = new Remainder();
        response.handler(remainder::discard);
        response.resume();
    }

    private boolean fill() throws IOException {
        while (position == bytes.length) {
            if (last == null) {
                take();
            }
            if (last != null) {
                return ended();
            }
        }
        return true;
    }

    private void take() throws IOException {
        try {
            response.fetch(1);
            Object next = arrived.take();
            if (next instanceof Buffer buffer) {
                bytes = buffer.getBytes();
                position = 0;
            } else {
                last = next;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while reading the engine's answer");
        }
    }

    private boolean ended() {
        if (last instanceof DockerEngineException failure) {
            throw failure;
        }
        return false;
    }

    private void broke(Throwable cause) {
        finish(failures.unreachable(cause));
    }

    private void finish(Object how) {
        over = true;
        arrived.add(how);
    }

    /** What nobody wants any more. Event loop. */
    private final class Remainder {

        private int discarded;

        void discard(Buffer buffer) {
            discarded += buffer.length();
            if (discarded > WORTH_DRAINING) {
                response.request().connection().close().onFailure(CommandBody.this::broke);
            }
        }
    }
}
