package io.dockrelay.controller.logs.levels;

import io.dockrelay.protocol.search.LineLevel;

/** The words of a line's header: level words with a delimiter after them, and names. For one thread. */
final class HeaderWords {

    /** How far the separator and the level after a name are looked at. */
    private static final int CAPITALS = 12;

    private static final int DASH = 4;

    private final LineText text;

    HeaderWords(LineText text) {
        this.text = text;
    }

    /**
     * The level word at this place, with a delimiter after it; null when there is none. Without a time before it, a word
     * without a colon is a level in capitals only: many sentences begin with "Error".
     *
     * @param headed whether a word in small letters may be a level without a colon
     */
    LineLevel level(int at, int end, boolean headed) {
        int to = afterLetters(at, end);
        if (to == at || !isDelimited(to, end)) {
            return null;
        }
        char delimiter = to < end ? text.at(to) : 0;
        if (delimiter == ':') {
            LineLevel level = beforeColon(at, to);
            // A name with a colon inside, such as a host with a port, is no level.
            return to + 1 < end && LineText.isDigit(text.at(to + 1)) ? null : level;
        }
        if (text.regionEqualsIgnoringCase(at, to, "fatal")
                && to + 7 <= end
                && text.regionEqualsIgnoringCase(to, to + 7, " error:")) {
            return LineLevel.ERROR;
        }
        if (delimiter == '/' || delimiter == '-' || delimiter == ',') {
            return null;
        }
        return headed || isCapital(at, to) ? LevelWords.ofWord(text, at, to) : null;
    }

    /** The same in any case, after any delimiter. */
    LineLevel anyCase(int at, int end) {
        int to = afterLetters(at, end);
        return to > at && isDelimited(to, end) ? LevelWords.ofWord(text, at, to) : null;
    }

    /** A word that is a level when it is alone in brackets. */
    static LineLevel aloneInBrackets(LineText text, int from, int to) {
        // MySQL's two.
        boolean mysql =
                text.regionEqualsIgnoringCase(from, to, "note") || text.regionEqualsIgnoringCase(from, to, "system");
        return mysql ? LineLevel.INFO : LevelWords.ofWord(text, from, to);
    }

    /** Where the level of a {@code module:level} begins; -1 when this is none. */
    int afterModule(int from, int to) {
        int at = from;
        while (at < to && (LineText.isWord(text.at(at)) || text.at(at) == '-')) {
            at++;
        }
        if (at == from || at + 1 >= to || text.at(at) != ':') {
            return -1;
        }
        for (int next = at + 1; next < to; next++) {
            if (text.at(next) < 'a' || text.at(next) > 'z') {
                return -1;
            }
        }
        return at + 1;
    }

    /** Where the name at this place ends; this place when there is none. */
    int afterName(int from, int end) {
        int at = from;
        while (at < end && !LineText.isSpace(text.at(at)) && "[](){}<>|\"'=".indexOf(text.at(at)) < 0) {
            at++;
        }
        return at;
    }

    /** Whether a dash or a bar between blanks follows. */
    boolean isDash(int from, int end) {
        int limit = Math.min(end, from + DASH);
        int at = from;
        while (at < limit && LineText.isSpace(text.at(at))) {
            at++;
        }
        return at > from
                && at + 1 < limit
                && (text.at(at) == '-' || text.at(at) == '|')
                && LineText.isSpace(text.at(at + 1));
    }

    /** Whether a word in capitals with a colon and a blank follows. */
    boolean isCapitalsAndColon(int from, int end) {
        int limit = Math.min(end, from + CAPITALS);
        int at = from;
        while (at < limit && text.at(at) >= 'A' && text.at(at) <= 'Z') {
            at++;
        }
        return at > from && at + 1 < limit && text.at(at) == ':' && text.at(at + 1) == ' ';
    }

    /** Words that are a level only before a colon too: .NET's, PostgreSQL's, Java's. */
    private LineLevel beforeColon(int from, int to) {
        if (text.regionEquals(from, to, "fail") || text.regionEquals(from, to, "failure")) {
            return LineLevel.ERROR;
        }
        boolean info = text.regionEquals(from, to, "LOG") || text.regionEquals(from, to, "CONFIG");
        return info ? LineLevel.INFO : LevelWords.ofWord(text, from, to);
    }

    private int afterLetters(int from, int end) {
        int at = from;
        while (at < end && LineText.isLetter(text.at(at))) {
            at++;
        }
        return at;
    }

    private boolean isDelimited(int to, int end) {
        if (to >= end) {
            return true;
        }
        char next = text.at(to);
        return "!:/])>|,-[".indexOf(next) >= 0 || LineText.isSpace(next);
    }

    private boolean isCapital(int from, int to) {
        for (int at = from; at < to; at++) {
            if (text.at(at) >= 'a') {
                return false;
            }
        }
        return true;
    }
}
