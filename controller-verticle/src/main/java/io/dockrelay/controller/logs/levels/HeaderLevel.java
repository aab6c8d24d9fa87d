package io.dockrelay.controller.logs.levels;

import io.dockrelay.protocol.search.LineLevel;

/** The level in the header of a line: after times, names and brackets, and before the message. For one thread. */
final class HeaderLevel {

    /** A header has at most this many fields before its level. */
    private static final int MAX_FIELDS = 14;

    private static final int MAX_SEARCHED = 300;

    private final LineText text;
    private final NamedFormats formats;
    private final HeaderFields fields;
    private final HeaderTimes times;
    private final HeaderWords words;
    private final LogfmtLevel logfmt;

    /** The place in the current line, and the end of what is searched in it. */
    private int at;

    private int end;

    /** Whether a time, a bracket or a dash was passed: a word in small letters may be a level without a colon. */
    private boolean headed;

    /** Whether a name was passed: there may be one. */
    private boolean named;

    HeaderLevel(LineText text) {
        this.text = text;
        formats = new NamedFormats(text);
        fields = new HeaderFields(text);
        times = new HeaderTimes(text);
        words = new HeaderWords(text, fields, times);
        logfmt = new LogfmtLevel(text);
    }

    /**
     * Null when the message begins before a level.
     *
     * @param from where the line begins, after its blanks
     */
    LineLevel find(int from) {
        end = Math.min(text.length(), from + MAX_SEARCHED);
        LineLevel level = formats.find(from, end);
        return level == null ? scan(from) : level;
    }

    private LineLevel scan(int from) {
        int start = fields.afterSyslog(from, end);
        at = start;
        headed = false;
        named = false;
        for (int count = 0; count < MAX_FIELDS; count++) {
            at = fields.afterSeparator(at, end);
            int closing = fields.closing(at, end);
            if (closing >= 0) {
                LineLevel level = words.inBrackets(at + 1, closing);
                if (level != null) {
                    return level;
                }
                skipBracket(closing);
            } else if (!skipTime()) {
                LineLevel level = level(from);
                if (level != null) {
                    return level;
                }
                if (count == 0 && start == from) {
                    return words.ofProgram(at, end);
                }
                if (!skipName()) {
                    return null;
                }
            }
        }
        return null;
    }

    private void skipBracket(int closing) {
        at = closing + 1;
        if (at < end && text.at(at) == ':') {
            at++;
        }
        headed = true;
    }

    private boolean skipTime() {
        int after = times.after(at, end);
        boolean found = after > at;
        for (; at < after; at++) {
            headed |= text.at(at) == ':' || text.at(at) == '@';
        }
        return found;
    }

    /** At this place or after the program that it names, or in the pairs that begin there. */
    private LineLevel level(int from) {
        int program = at;
        at = fields.afterProgram(at, end);
        LineLevel level = at > program ? words.inSmallLetters(at, end) : null;
        level = level == null ? words.level(at, end, headed) : level;
        return level == null ? logfmt.find(from, at) : level;
    }

    private boolean skipName() {
        int after = named ? at : fields.afterName(at, end);
        if (after == at) {
            return false;
        }
        named = true;
        headed = fields.isDash(after, end);
        at = after;
        return true;
    }
}
