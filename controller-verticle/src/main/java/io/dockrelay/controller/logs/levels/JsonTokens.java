package io.dockrelay.controller.logs.levels;

import java.util.List;

/** Reads the strings, numbers and words of a JSON line, one at a time. For one thread. */
final class JsonTokens {

    /** Python's json writes the numbers that JSON does not have. */
    private static final List<String> WORDS = List.of("true", "false", "null", "NaN", "Infinity", "-Infinity");

    private final LineText text;

    private int from;
    private int to;
    private boolean string;

    JsonTokens(LineText text) {
        this.text = text;
    }

    /** The content of the last token is {@code [from, to)}: without its quotes, if it is a string. */
    int from() {
        return from;
    }

    int to() {
        return to;
    }

    boolean isString() {
        return string;
    }

    /** Reads the token at this place; returns where it ends, -1 when there is none. */
    int read(int at) {
        string = text.at(at) == '"';
        if (string) {
            return readString(at + 1);
        }
        from = at;
        for (int i = 0; i < WORDS.size(); i++) {
            if (text.hasAt(at, WORDS.get(i))) {
                to = at + WORDS.get(i).length();
                return to;
            }
        }
        return readNumber(text.at(at) == '-' ? at + 1 : at);
    }

    private int readNumber(int digits) {
        int at = digits;
        if (!LineText.isDigit(text.at(at))) {
            return -1;
        }
        while (LineText.isDigit(text.at(at)) || isOfNumber(text.at(at))) {
            at++;
        }
        to = at;
        return at;
    }

    private static boolean isOfNumber(char c) {
        return "eE.+-".indexOf(c) >= 0;
    }

    private int readString(int begin) {
        from = begin;
        for (int at = begin; at < text.length(); at++) {
            if (text.at(at) == '"') {
                to = at;
                return at + 1;
            }
            at += text.at(at) == '\\' ? 1 : 0;
        }
        return -1;
    }

    /** Where the next bracket or token begins. */
    int skip(int begin) {
        int at = begin;
        while (at < text.length() && (LineText.isSpace(text.at(at)) || text.at(at) == ',' || text.at(at) == ':')) {
            at++;
        }
        return at;
    }

    /** Whether a colon comes next. */
    boolean isKey(int after) {
        int at = after;
        while (at < text.length() && text.at(at) <= ' ') {
            at++;
        }
        return string && text.at(at) == ':';
    }
}
