package io.dockrelay.docker;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;

/**
 * A response's body as a blocking stream. Holds one buffer at most; a read that finds none fetches the next. Written by
 * the event loop, read by one thread at a time. Ends with {@link #close}.
 */
final class CommandBody extends InputStream {

    private static final Object END = new Object();

    /** Bytes that may be discarded to keep the connection; with more left, closing it is cheaper. */
    private static final int WORTH_DRAINING = 64 * 1024;

    private final HttpClientResponse response;
    private final EngineErrors failures;
    private final boolean endless;
    /** Buffers, then END or the failure. Holds one buffer and the end at most. */
    private final LinkedBlockingQueue<Object> arrived = new LinkedBlockingQueue<>();

    private final AtomicBoolean closed = new AtomicBoolean();
    /** True once the last byte has arrived or the connection broke. Written by the event loop, read by any thread. */
    private volatile boolean over;

    /** Only the reading thread: the current buffer, and the position in it. */
    private byte[] bytes = new byte[0];

    private int position;
    /** Only the reading thread: END or the failure, once it has been reached. Null before. */
    private Object last;

    /**
     * @param endless whether the rest of the body may never arrive, so that the connection cannot be kept by reading it
     */
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

    /** Returns the connection to the pool if the rest is short, which is usual; closes the connection otherwise. */
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
            throw new InterruptedIOException("Interrupted while reading the engine's response");
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

    private void finish(Object end) {
        over = true;
        arrived.add(end);
    }

    /** Discards the rest of a closed body. On the event loop. */
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
