package io.dockrelay.controller.logs.tail;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import io.dockrelay.controller.logs.entries.EntryPosition;
import io.dockrelay.controller.logs.entries.Line;
import io.dockrelay.controller.logs.store.LineWindow;
import io.dockrelay.protocol.logs.Cursor;
import io.dockrelay.protocol.logs.FrameLimits;
import io.dockrelay.protocol.logs.LineBlock;
import io.dockrelay.protocol.logs.LineBlockBuilder;
import io.dockrelay.protocol.logs.LogBatch;
import io.dockrelay.protocol.logs.LogSlice;
import io.dockrelay.protocol.logs.TailMark;

/**
 * What a tail has gathered and its reader has not taken: lines and the marks between them, cut into batches. Lines are
 * escaped into one reused buffer; memory is allocated per batch, not per line. For one thread.
 */
public final class OutgoingBatches implements Line.Sink {

    /** From here on the engine is held back. */
    static final int FULL_BYTES = 256 * 1024;

    /** What one batch will carry: the marks, then the lines. */
    private record Sealed(List<TailMark> marks, LogSlice slice) {}

    private final Deque<Sealed> sealed = new ArrayDeque<>();
    private final LineBlockBuilder open = new LineBlockBuilder();

    /** What happened before the first line of open. */
    private List<TailMark> marks = new ArrayList<>();

    private String containerId;

    /** Where the present container's lines began; null for its beginning. */
    private Cursor beganAt;

    /** Of the last line in the present container; not known before the first. */
    private final EntryPosition last = new EntryPosition();

    /** Of the first line of open; of no meaning while that is empty. */
    private final EntryPosition first = new EntryPosition();

    /** Behind everything so far; null when it has to be made of last, or when nothing was ever read. */
    private String cursor;

    private int sealedBytes;

    /**
     * The lines from here on are of this container.
     *
     * @param at where one is in it; null before its first line
     */
    void begin(String id, Cursor at) {
        if (!open.isEmpty()) {
            seal();
        }
        cursor = at == null ? cursor() : at.encode();
        containerId = id;
        beganAt = at;
        last.clear();
    }

    @Override
    public void line(Line line) {
        if (open.isEmpty()) {
            first.copyFrom(line.position);
        }
        line.writeTo(open);
        if (open.size() > FrameLimits.MAX_BYTES && open.count() > 1) {
            sealWithoutNewest(line.position);
        }
        last.copyFrom(line.position);
        cursor = null;
        if (open.count() >= FrameLimits.MAX_LINES || open.size() >= FrameLimits.MAX_BYTES) {
            seal();
        }
    }

    /** Lines that were read and escaped elsewhere. */
    void lines(LineWindow.Page page) {
        if (!open.isEmpty()) {
            seal();
        }
        beganAt = page.last();
        last.clear();
        cursor = page.cursor();
        page.slices().forEach(this::put);
    }

    void mark(TailMark mark) {
        if (!open.isEmpty()) {
            seal();
        }
        marks.add(mark);
    }

    boolean isEmpty() {
        return sealed.isEmpty() && open.isEmpty() && marks.isEmpty();
    }

    /** Whether the engine has to be held back. */
    boolean isFull() {
        return sealedBytes + open.size() >= FULL_BYTES;
    }

    /**
     * Takes the oldest batch out.
     *
     * @param sequence its number in the tail
     * @param container the container's current name
     * @return null when there is nothing to send
     */
    LogBatch next(long sequence, String container) {
        if (sealed.isEmpty()) {
            seal();
        }
        Sealed oldest = sealed.poll();
        if (oldest == null) {
            return null;
        }
        sealedBytes -= oldest.slice().lines().size();
        return LogBatch.of(sequence, container, oldest.marks(), oldest.slice());
    }

    /**
     * Throws the lines away, and the gaps between them: the one that tells of the lines begins where the reader is. The
     * other marks stay, for they hold all the same. Before the next line comes {@link #begin}.
     *
     * @param delivered where the reader is; null when it has nothing
     * @return whether there was a line or a gap
     */
    boolean dropLines(String delivered) {
        List<TailMark> all = new ArrayList<>();
        sealed.forEach(batch -> all.addAll(batch.marks()));
        all.addAll(marks);
        List<TailMark> kept =
                all.stream().filter(mark -> !(mark instanceof TailMark.Gap)).toList();
        boolean dropped = kept.size() < all.size()
                || !open.isEmpty()
                || sealed.stream().anyMatch(batch -> !batch.slice().isEmpty());
        sealed.clear();
        sealedBytes = 0;
        marks = new ArrayList<>(kept);
        LineBlock unused = open.take();
        last.clear();
        cursor = delivered;
        return dropped;
    }

    /** Behind the last line of all; null when nothing was ever read. */
    String cursor() {
        if (cursor == null && last.known()) {
            cursor = last.cursor(containerId).encode();
        }
        return cursor;
    }

    /** Where to go on reading in the present container; null for its beginning. */
    Cursor resumeFrom() {
        return last.known() ? last.cursor(containerId) : beganAt;
    }

    private void seal() {
        if (open.isEmpty() && marks.isEmpty()) {
            return;
        }
        String begin = switch (open.count()) {
            case 0 -> null;
            case 1 -> cursor();
            default -> first.cursor(containerId).encode();
        };
        put(new LogSlice(open.take(), begin, cursor()));
    }

    /** The newest line does not fit with those before it: it begins a batch of its own. */
    private void sealWithoutNewest(EntryPosition newest) {
        LineBlock all = open.take();
        int fitting = all.count() - 1;
        LineBlock own = all.slice(fitting, fitting + 1);
        put(new LogSlice(all.slice(0, fitting), first.cursor(containerId).encode(), cursor()));
        if (own.size() > FrameLimits.MAX_BYTES) {
            cursor = newest.cursor(containerId).encode();
            put(new LogSlice(own, cursor, cursor));
        } else {
            open.add(own);
            first.copyFrom(newest);
        }
    }

    /** Behind the marks that wait. */
    private void put(LogSlice slice) {
        sealed.add(new Sealed(marks, slice));
        sealedBytes += slice.lines().size();
        marks = new ArrayList<>();
    }
}
