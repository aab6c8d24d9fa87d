package io.dockrelay.controller.logs.levels;

import java.util.List;

import io.dockrelay.protocol.search.LineLevel;

/**
 * The level of a JSON line by its level field. Reads tokens from the start, without a parser: a line may be long, and each is
 * read. For one thread.
 */
final class JsonLevel {

    /** The fields that hold a level, at the top of the object, in small letters; {@code log.level} may also be nested. */
    private static final List<String> FIELDS = List.of(
            "level",
            "lvl",
            "severity",
            "levelname",
            "loglevel",
            "log_level",
            "level_name",
            "log.level",
            "@level",
            "@l");

    private static final List<String> WORDS = List.of("true", "false", "null");

    /** MongoDB's field, whose value is a letter. */
    private static final String LETTER_FIELD = "s";

    /** A level far behind the start of the line is not searched for. */
    private static final int MAX_SEARCHED = 4096;

    private final LineText text;

    /** Open objects and lists. */
    private int depth;

    /** Whether the open object or list at depth 1, and at depth 2, has fields that count. */
    private boolean outerCounts;

    private boolean innerCounts;

    /** The last key is {@code [keyFrom, keyTo)}; -1 when a value is not expected. */
    private int keyFrom;

    private int keyTo;

    /** Whether a field of Serilog's compact format was read. */
    private boolean serilog;

    /** The content of the last token is {@code [tokenFrom, tokenTo)}: without its quotes, if it is a string. */
    private int tokenFrom;

    private int tokenTo;
    private boolean tokenIsString;

    JsonLevel(LineText text) {
        this.text = text;
    }

    /** Null without a level. */
    LineLevel find() {
        depth = 0;
        keyFrom = -1;
        serilog = false;
        int end = Math.min(text.length(), MAX_SEARCHED);
        int at = skip(0);
        while (at < end) {
            char next = text.at(at);
            if (next == '{' || next == '[') {
                open(next);
                at++;
            } else if (next == '}' || next == ']') {
                depth = Math.max(0, depth - 1);
                at++;
            } else {
                at = token(at);
                if (at < 0) {
                    break;
                }
                if (counts() && isLevel(at)) {
                    return level();
                }
            }
            at = skip(at);
        }
        // Serilog's compact format leaves the level out when it is Information.
        return serilog ? LineLevel.INFO : null;
    }

    private void open(char bracket) {
        boolean inLog = depth == 1 && keyFrom >= 0 && text.regionEquals(keyFrom, keyTo, "log");
        if (depth == 0) {
            outerCounts = bracket == '{';
        } else if (depth == 1) {
            innerCounts = bracket == '{' && inLog;
        }
        depth++;
        keyFrom = -1;
    }

    private boolean counts() {
        return depth == 0 || (depth == 1 && outerCounts) || (depth == 2 && innerCounts);
    }

    /** Takes the token before {@code after} as a key or a value; returns whether it is the value of a level field. */
    private boolean isLevel(int after) {
        if (keyFrom < 0 && tokenIsString && text.at(skipBlanks(after)) == ':') {
            keyFrom = tokenFrom;
            keyTo = tokenTo;
            serilog |= depth == 1 && (isKey("@t") || isKey("@mt"));
            return false;
        }
        boolean found = keyFrom >= 0 && isLevelField() && (level() != null || !isKey(LETTER_FIELD));
        if (!found) {
            keyFrom = -1;
        }
        return found;
    }

    private boolean isKey(String name) {
        return text.regionEquals(keyFrom, keyTo, name);
    }

    private boolean isLevelField() {
        if (depth != 1) {
            return isKey("level");
        }
        if (isKey(LETTER_FIELD)) {
            return true;
        }
        for (String field : FIELDS) {
            if (text.regionEqualsIgnoringCase(keyFrom, keyTo, field)) {
                return true;
            }
        }
        return false;
    }

    /** Of the last token, which is the value of a level field. */
    private LineLevel level() {
        if (isKey(LETTER_FIELD)) {
            return tokenIsString && tokenTo - tokenFrom == 1 ? LevelWords.ofLetter(text.at(tokenFrom)) : null;
        }
        if (tokenIsString && !isDigits()) {
            return ofWord();
        }
        try {
            return LevelWords.ofNumber(
                    Double.parseDouble(text.subSequence(tokenFrom, tokenTo).toString()));
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    private LineLevel ofWord() {
        int from = tokenFrom;
        int to = tokenTo;
        while (from < to && LineText.isSpace(text.at(from))) {
            from++;
        }
        while (to > from && LineText.isSpace(text.at(to - 1))) {
            to--;
        }
        return LevelWords.ofWord(text, from, to);
    }

    private boolean isDigits() {
        for (int at = tokenFrom; at < tokenTo; at++) {
            if (!LineText.isDigit(text.at(at))) {
                return false;
            }
        }
        return tokenTo > tokenFrom;
    }

    /** Reads a string, a number or a word; returns where it ends, -1 when there is none. */
    private int token(int at) {
        tokenIsString = text.at(at) == '"';
        if (tokenIsString) {
            return string(at + 1);
        }
        tokenFrom = at;
        for (String word : WORDS) {
            if (text.hasAt(at, word)) {
                tokenTo = at + word.length();
                return tokenTo;
            }
        }
        int to = text.at(at) == '-' ? at + 1 : at;
        if (!LineText.isDigit(text.at(to))) {
            return -1;
        }
        while (LineText.isDigit(text.at(to)) || "eE.+-".indexOf(text.at(to)) >= 0) {
            to++;
        }
        tokenTo = to;
        return to;
    }

    private int string(int from) {
        tokenFrom = from;
        for (int at = from; at < text.length(); at++) {
            if (text.at(at) == '"') {
                tokenTo = at;
                return at + 1;
            }
            at += text.at(at) == '\\' ? 1 : 0;
        }
        return -1;
    }

    private int skip(int from) {
        int at = from;
        while (at < text.length() && (LineText.isSpace(text.at(at)) || text.at(at) == ',' || text.at(at) == ':')) {
            at++;
        }
        return at;
    }

    private int skipBlanks(int from) {
        int at = from;
        while (at < text.length() && text.at(at) <= ' ') {
            at++;
        }
        return at;
    }
}
