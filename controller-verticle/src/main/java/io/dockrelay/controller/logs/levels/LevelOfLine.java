package io.dockrelay.controller.logs.levels;

import io.dockrelay.protocol.search.LineLevel;

/**
 * The level of a line by itself. Only the place of a known format counts: a prefix, a bracket, a level field. A word in a
 * message, a path, a key or a quoted text is none; in doubt there is no level. Blanks before a known format do not count. For
 * one thread.
 */
final class LevelOfLine {

    private static final int PRIORITY_DIGITS = 3;

    private static final int MAX_PRIORITY = 191;

    private final LineText text;
    private final JsonLevel json;
    private final HeaderLevel header;

    /** @param text the line; a line without escape sequences */
    LevelOfLine(LineText text) {
        this.text = text;
        json = new JsonLevel(text);
        header = new HeaderLevel(text);
    }

    /** Of the line that the text holds now; null without a level. */
    LineLevel find() {
        int from = text.afterBlanks(0, text.length());
        if (text.at(from) == '{') {
            return json.find(from);
        }
        int priority = priority(from);
        return priority >= 0 ? LevelWords.ofSyslog(priority & 7) : header.find(from);
    }

    /** Syslog's priority, as systemd and RFC 5424 write it: {@code <11>}; -1 when there is none. */
    private int priority(int from) {
        if (text.at(from) != '<') {
            return -1;
        }
        int value = 0;
        int at = from + 1;
        for (; at <= from + PRIORITY_DIGITS && LineText.isDigit(text.at(at)); at++) {
            value = value * 10 + text.at(at) - '0';
        }
        return at > from + 1 && text.at(at) == '>' && value <= MAX_PRIORITY ? value : -1;
    }
}
