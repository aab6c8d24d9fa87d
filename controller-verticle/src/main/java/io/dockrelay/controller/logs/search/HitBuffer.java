package io.dockrelay.controller.logs.search;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import io.dockrelay.controller.logs.entries.DockerTimestamp;
import io.dockrelay.controller.logs.entries.EntryPosition;
import io.dockrelay.controller.logs.entries.Line;
import io.dockrelay.protocol.search.LineLevel;
import io.dockrelay.protocol.search.SearchItem;
import io.dockrelay.protocol.search.SearchItem.Hit;

/**
 * The newest hits that were added, up to a number. Its memory is reused from hit to hit, because a search may find millions
 * and send a hundred. For one thread at a time.
 */
final class HitBuffer {

    private static final int STAMP = DockerTimestamp.LENGTH - 1;

    private final Slot[] slots;

    /** Hits ever added. */
    private long added;

    private int size;

    /** One hit. */
    private static final class Slot {

        private final EntryPosition position = new EntryPosition();
        private final byte[] stamp = new byte[STAMP];
        private final byte[] order = new byte[STAMP];
        private byte[] text = new byte[128];
        private int length;
        private boolean cut;
        private LineLevel level;
    }

    HitBuffer(int capacity) {
        slots = new Slot[capacity];
    }

    /**
     * Adds a hit; drops the oldest one if there is no room.
     *
     * @param order the latest timestamp of the log so far, as text
     */
    void add(Line line, LineLevel level, byte[] order) {
        if (slots.length == 0) {
            return;
        }
        int at = (int) (added++ % slots.length);
        Slot slot = slots[at] == null ? new Slot() : slots[at];
        slots[at] = slot;
        slot.position.copyFrom(line.position);
        slot.level = level;
        System.arraycopy(line.stamp.text, 0, slot.stamp, 0, STAMP);
        System.arraycopy(order, 0, slot.order, 0, STAMP);
        keepText(slot, line);
        size = Math.min(size + 1, slots.length);
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    /** Takes the hits of another buffer of the same capacity, which are newer, out of it. */
    void addAll(HitBuffer newer) {
        for (long number = newer.added - newer.size; number < newer.added; number++) {
            int from = (int) (number % slots.length);
            int to = (int) (added++ % slots.length);
            Slot moved = newer.slots[from];
            newer.slots[from] = slots[to];
            slots[to] = moved;
            size = Math.min(size + 1, slots.length);
        }
        newer.clear();
    }

    /** Takes the hits out, oldest first. */
    List<Hit> take(String container, String id) {
        List<Hit> hits = new ArrayList<>(size);
        for (long number = added - size; number < added; number++) {
            hits.add(hit(slots[(int) (number % slots.length)], container, id));
        }
        size = 0;
        return hits;
    }

    /** Takes the hits out, newest first. */
    List<Hit> takeNewestFirst(String container, String id) {
        List<Hit> hits = take(container, id);
        Collections.reverse(hits);
        return hits;
    }

    private static void keepText(Slot slot, Line line) {
        int length = Math.min(line.to - line.from, SearchItem.MAX_TEXT_BYTES);
        slot.cut = length < line.to - line.from;
        // A character is not cut in the middle.
        while (slot.cut && length > 0 && (line.bytes[line.from + length] & 0xC0) == 0x80) {
            length--;
        }
        if (slot.text.length < length) {
            slot.text = new byte[Math.max(length, slot.text.length * 2)];
        }
        System.arraycopy(line.bytes, line.from, slot.text, 0, length);
        slot.length = length;
    }

    private static Hit hit(Slot slot, String container, String id) {
        String order = Arrays.equals(slot.stamp, slot.order) ? null : new String(slot.order, StandardCharsets.US_ASCII);
        return new Hit(
                null,
                container,
                id,
                new String(slot.stamp, StandardCharsets.US_ASCII),
                slot.position.stream == 'e' ? "stderr" : "stdout",
                slot.level,
                new String(slot.text, 0, slot.length, StandardCharsets.UTF_8),
                slot.cut ? true : null,
                slot.position.cursor(id).encode(),
                order);
    }
}
