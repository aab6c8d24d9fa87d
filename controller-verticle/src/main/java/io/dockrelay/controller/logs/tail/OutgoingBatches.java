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
 * The queue between a tail's streams and its sender: lines, and the marks between them, cut into batches. Lines are escaped
 * into one reused buffer; memory is allocated per batch, not per line. The only owner of the tail's positions: where the
 * reader is ({@link #delivered}), where the queue ends ({@link #cursor}), and where the next stream starts ({@link
 * #resumeFrom}). Lives as long as its {@link LogTailer}, on its context.
 */
public final class OutgoingBatches implements Line.Sink {

    /** High-water mark: from here on the engine is paused. */
    static final int FULL_BYTES = 256 * 1024;

    /** The contents of one batch: the marks, then the lines. */
    private record Sealed(List<TailMark> marks, LogSlice slice) {}

    private final Deque<Sealed> sealed = new ArrayDeque<>();
    private final LineBlockBuilder open = new LineBlockBuilder();

    /** What happened before the first line of {@code open}. */
    private List<TailMark> marks = new ArrayList<>();

    private String containerId;

    /** Where reading of the current container began; null for the beginning of its log. */
    private Cursor startedAt;

    /** Of the last line of the current container; unknown before the first. */
    private final EntryPosition last = new EntryPosition();

    /** Of the first line of {@code open}; of no meaning while that is empty. */
    private final EntryPosition first = new EntryPosition();

    /** Position at the end of the queue; null when it has to be made from {@code last}, or when nothing was ever read. */
    private String cursor;

    /** Position at the end of what the sender has taken; null when that is nothing. */
    private String delivered;

    /** The container's name for the next batch. */
    private String name;

    private int sealedBytes;

    private Runnable onFlush = () -> {};

    /** @param handler runs at each {@link #flush} */
    void onFlush(Runnable handler) {
        onFlush = handler;
    }

    /** Offers the sender what has been added. */
    void flush() {
        onFlush.run();
    }

    /** The container's name, for the batches that are taken from now on. */
    void name(String replacement) {
        name = replacement;
    }

    String name() {
        return name;
    }

    /**
     * The sender delivers a snapshot before the first batch.
     *
     * @param position where the snapshot ends; null before the first line of the log
     */
    void delivered(String position) {
        delivered = position;
    }

    /** Position at the end of what the reader has, or is about to get; null when that is nothing. */
    String delivered() {
        return delivered;
    }

    /**
     * The next lines are of this container.
     *
     * @param at position of the line before them; null for the beginning of the log
     */
    void begin(String id, Cursor at) {
        if (!open.isEmpty()) {
            seal();
        }
        cursor = at == null ? cursor() : at.encode();
        containerId = id;
        startedAt = at;
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

    /** Adds lines that were read and escaped already; the page says where to cut them. */
    void lines(LineWindow.Page page) {
        if (!open.isEmpty()) {
            seal();
        }
        startedAt = page.last();
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

    /** Whether the engine has to be paused. */
    boolean isFull() {
        return sealedBytes + open.size() >= FULL_BYTES;
    }

    /**
     * Takes the oldest batch out.
     *
     * @param sequence its number in the tail
     * @return null when there is none
     */
    LogBatch next(long sequence) {
        if (sealed.isEmpty()) {
            seal();
        }
        Sealed oldest = sealed.poll();
        if (oldest == null) {
            return null;
        }
        sealedBytes -= oldest.slice().lines().size();
        delivered = oldest.slice().last();
        return LogBatch.of(sequence, name, oldest.marks(), oldest.slice());
    }

    /**
     * Drops the lines, and the gaps between them: one gap, which starts where the reader is, will replace them. The other
     * marks stay valid and are kept. Call {@link #begin} before the next line.
     *
     * @return whether there was a line or a gap
     */
    boolean dropLines() {
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

    /** Position of the last line added; null when nothing was ever read. */
    String cursor() {
        if (cursor == null && last.known()) {
            cursor = last.cursor(containerId).encode();
        }
        return cursor;
    }

    /** Where to continue reading the current container; null for the beginning of its log. */
    Cursor resumeFrom() {
        return last.known() ? last.cursor(containerId) : startedAt;
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

    /** The newest line does not fit with those before it: it starts a batch of its own. */
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

    /** Adds a batch: the waiting marks, then these lines. */
    private void put(LogSlice slice) {
        sealed.add(new Sealed(marks, slice));
        sealedBytes += slice.lines().size();
        marks = new ArrayList<>();
    }
}
