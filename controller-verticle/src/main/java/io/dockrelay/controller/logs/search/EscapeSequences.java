package io.dockrelay.controller.logs.search;

/** Where the escape sequences of terminals end. A sequence may be cut at the end of the line. Pure. */
final class EscapeSequences {

    private static final int ESCAPE = 0x1b;
    private static final int BELL = 0x07;

    /** The single character for ESC [, in UTF-8. */
    private static final int C1_FIRST = 0xC2;

    private static final int C1_CSI = 0x9B;

    private EscapeSequences() {}

    /** Where the sequence at this place ends; this place when there is none. */
    static int end(byte[] line, int at, int to) {
        int first = line[at] & 0xff;
        if (first == C1_FIRST && at + 1 < to && (line[at + 1] & 0xff) == C1_CSI) {
            int last = skip(line, at + 2, to, '0', ';');
            return last == to ? to : isBetween(line[last], '@', '~') ? last + 1 : at;
        }
        return first == ESCAPE ? afterEscape(line, at, to) : at;
    }

    private static int afterEscape(byte[] line, int at, int to) {
        if (at + 1 == to) {
            return to;
        }
        int end = switch (line[at + 1]) {
            case '[' -> control(line, at + 2, to);
            case ']' -> string(line, at + 2, to, true);
            case 'P', 'X', '^', '_' -> string(line, at + 2, to, false);
            default -> -1;
        };
        if (end >= 0) {
            return end;
        }
        int last = skip(line, at + 1, to, ' ', '/');
        return last < to && isBetween(line[last], '0', '~') ? last + 1 : at;
    }

    /** Parameters, intermediate characters, and the final one. */
    private static int control(byte[] line, int from, int to) {
        int last = skip(line, skip(line, from, to, '0', '?'), to, ' ', '/');
        if (last == to) {
            return to;
        }
        return isBetween(line[last], '@', '~') ? last + 1 : -1;
    }

    /** Up to ESC \, or a bell where that ends it too. */
    private static int string(byte[] line, int from, int to, boolean endsWithBell) {
        int at = from;
        while (at < to && line[at] != ESCAPE && !(endsWithBell && line[at] == BELL)) {
            at++;
        }
        if (at == to) {
            return to;
        }
        if (line[at] == BELL) {
            return at + 1;
        }
        return at + 1 < to && line[at + 1] == '\\' ? at + 2 : -1;
    }

    private static int skip(byte[] line, int from, int to, char low, char high) {
        int at = from;
        while (at < to && isBetween(line[at], low, high)) {
            at++;
        }
        return at;
    }

    private static boolean isBetween(byte value, char low, char high) {
        return value >= low && value <= high;
    }
}
