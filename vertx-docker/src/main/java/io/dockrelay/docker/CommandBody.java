package io.dockrelay.docker;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

/**
 * A response's body as a blocking stream. A read that finds no bytes fetches the next buffer, so that one is held at
 * most, plus those that the source's owner has fetched before. Written by the event loop, read by one thread at a time; any thread may close it. Ends
 * with the last byte, with a failure, or with {@link #close}.
 */
final class CommandBody extends InputStream {

    private static final Object END = new Object();

    /** What a body's owner does at its end. */
    interface Owner {

        /** The body has ended, failed, or been closed; called once, on any thread. */
        void ended();

        /** The body was closed before its end: nothing more is read from its source. Called once, on the closing thread. */
        void abandoned();

        /** Bytes that arrived after the end; on the event loop. */
        default void late(Buffer bytes) {}

        /** The source has ended or failed, perhaps after the body; on the event loop. */
        default void drained() {}
    }

    private final ReadStream<Buffer> source;
    private final Patience patience;
    private final Owner owner;
    /** Buffers, then END or the failure. */
    private final LinkedBlockingQueue<Object> arrived = new LinkedBlockingQueue<>();

    /** True once END or the failure has been added. */
    private final AtomicBoolean over = new AtomicBoolean();

    /** Only the reading thread: the current buffer, and the position in it. */
    private byte[] bytes = new byte[0];

    private int position;
    /** Only the reading thread: END or the failure, once it has been reached. Null before. */
    private Object last;

    /** @param source on its event loop, or paused: no byte may have been delivered */
    CommandBody(ReadStream<Buffer> source, Patience patience, Owner owner) {
        this.source = source;
        this.patience = patience;
        this.owner = owner;
        source.pause();
        source.exceptionHandler(this::broke);
        source.endHandler(end -> sourceEnded(END));
        source.handler(this::received);
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

    /** Fails a read that waits in another thread. */
    @Override
    public void close() {
        if (finish(new IOException("The response was closed before its end"))) {
            owner.abandoned();
        }
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
        source.fetch(1);
        Object next = patience.next(arrived);
        if (next instanceof Buffer buffer) {
            bytes = buffer.getBytes();
            position = 0;
        } else {
            last = next;
        }
    }

    private boolean ended() throws IOException {
        if (last instanceof IOException failure) {
            throw new IOException(failure.getMessage(), failure.getCause());
        }
        return false;
    }

    private void received(Buffer buffer) {
        if (over.get()) {
            owner.late(buffer);
        } else {
            arrived.add(buffer);
        }
    }

    private void broke(Throwable cause) {
        DockerEngineException failure = patience.failures().of(cause);
        sourceEnded(new IOException(failure.getMessage(), failure));
    }

    private void sourceEnded(Object end) {
        finish(end);
        owner.drained();
    }

    /** False when the body was over already. */
    @CanIgnoreReturnValue
    private boolean finish(Object end) {
        boolean first = over.compareAndSet(false, true);
        if (first) {
            arrived.add(end);
            owner.ended();
        }
        return first;
    }
}
