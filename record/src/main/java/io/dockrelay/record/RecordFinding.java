package io.dockrelay.record;

/**
 * Why a record is not as it was written.
 *
 * @param file its name; null for what is about no single file
 * @param line its number in the file, from 1; 0 for what is about no single line
 * @param sequence of the line that belongs there; 0 for none
 * @param sentence for people
 */
public record RecordFinding(Kind kind, String file, long line, long sequence, String sentence) {

    /** What was found. */
    public enum Kind {
        /** A line has other bytes. */
        ALTERED,
        /** Lines in the middle are gone. */
        MISSING,
        /** A line is at the place of another one. */
        REORDERED,
        /** Lines at the end are gone. */
        TRUNCATED,
        /** Lines at the beginning are gone that rotation did not delete. */
        HEAD_REMOVED,
        /** The anchor is gone or changed, or it is that of another record. */
        ANCHOR,
        /** At a start of the relay lines were gone. */
        DAMAGED,
        /** It cannot be checked without its key. */
        KEY,
        /** There is no record. */
        NOTHING
    }

    /** @param remark completes "FILE, line N (sequence S) …" */
    static RecordFinding at(Kind kind, String file, long line, long sequence, String remark) {
        String place = file + ", line " + line + " (sequence " + sequence + ")";
        return new RecordFinding(kind, file, line, sequence, place + " " + remark);
    }

    static RecordFinding of(Kind kind, String sentence) {
        return new RecordFinding(kind, null, 0, 0, sentence);
    }
}
