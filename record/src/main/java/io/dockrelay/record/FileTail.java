package io.dockrelay.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The part of a file that is whole: from its head, line by line, as long as each line continues the one before.
 *
 * @param head null when not even the first line is right
 * @param sequence of the last line that is right; 0 without one
 * @param hash of that line
 * @param before the hash that the head names as that of the line before the file
 * @param end the offset after the last line that is right
 * @param size of the file
 * @param anchored whether the anchor's line is in this part
 */
record FileTail(FileHead head, long sequence, String hash, String before, long end, long size, boolean anchored) {

    /** @param anchor empty for none */
    static FileTail read(Path file, Optional<RecordKey> key, Optional<RecordAnchor> anchor) throws IOException {
        FileTail tail = new FileTail(null, 0, LineSeal.NONE, LineSeal.NONE, 0, Files.size(file), false);
        try (FileLines lines = new FileLines(file)) {
            LineSeal seal = null;
            for (FileLines.Line read = lines.next(); read != null && read.whole(); read = lines.next()) {
                RecordLine line = LineFormat.read(read.bytes());
                if (tail.head == null && line.head() != null) {
                    seal = LineSeal.named(file, line.head().key(), key);
                }
                if (seal == null || !seal.holds(read.bytes()) || !tail.continues(line, file)) {
                    return tail;
                }
                tail = tail.with(line, read.end(), anchor);
            }
        } catch (IllegalArgumentException noLine) {
            return tail;
        }
        return tail;
    }

    private boolean continues(RecordLine line, Path file) {
        return head == null
                ? line.head() != null && line.sequence() == RecordFolder.firstOf(file)
                : line.sequence() == sequence + 1 && line.previous().equals(hash);
    }

    private FileTail with(RecordLine line, long after, Optional<RecordAnchor> anchor) {
        boolean isAnchor = anchor.filter(named ->
                        named.sequence() == line.sequence() && named.line().equals(line.hash()))
                .isPresent();
        return new FileTail(
                head == null ? line.head() : head,
                line.sequence(),
                line.hash(),
                head == null ? line.previous() : before,
                after,
                size,
                anchored || isAnchor);
    }
}
