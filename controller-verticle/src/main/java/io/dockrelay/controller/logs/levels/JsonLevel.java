package io.dockrelay.controller.logs.levels;

import io.dockrelay.protocol.search.LineLevel;

/**
 * The level of a JSON line by the first field that says one. Reads tokens from the start, without a parser: a line may be
 * long, and each is read. For one thread.
 */
final class JsonLevel {

    /** A level that begins later in the line is not searched for. */
    private static final int MAX_SEARCHED = 4096;

    private final LineText text;
    private final JsonTokens tokens;
    private final LevelFields fields;

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

    /** Whether the field was read with which Nextcloud's lines begin. */
    private boolean nextcloud;

    JsonLevel(LineText text) {
        this.text = text;
        tokens = new JsonTokens(text);
        fields = new LevelFields(text, tokens);
    }

    /**
     * Null without a level.
     *
     * @param from where the line begins, after its blanks
     */
    LineLevel find(int from) {
        depth = 0;
        keyFrom = -1;
        serilog = false;
        nextcloud = false;
        int end = Math.min(text.length(), from + MAX_SEARCHED);
        int at = from;
        while (at < end) {
            char next = text.at(at);
            if (next == '{' || next == '[') {
                open(next);
                at++;
            } else if (next == '}' || next == ']') {
                depth = Math.max(0, depth - 1);
                at++;
            } else {
                at = tokens.read(at);
                LineLevel level = at >= 0 && counts() ? level(at) : null;
                if (at < 0 || level != null) {
                    return level == null ? withoutField() : level;
                }
            }
            at = tokens.skip(at);
        }
        return withoutField();
    }

    /** Serilog's compact format leaves the level out when it is Information. */
    private LineLevel withoutField() {
        return serilog ? LineLevel.INFO : null;
    }

    private void open(char bracket) {
        boolean inLog = depth == 1 && keyFrom >= 0 && isKey("log");
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

    /** Takes the token before {@code after} as a key or a value; returns what it says as the value of a level field. */
    private LineLevel level(int after) {
        if (keyFrom < 0 && tokens.isKey(after)) {
            keyFrom = tokens.from();
            keyTo = tokens.to();
            serilog |= depth == 1 && (isKey("@t") || isKey("@mt"));
            nextcloud |= depth == 1 && isKey("reqId");
            return null;
        }
        LineLevel level = keyFrom < 0 ? null : ofField();
        keyFrom = -1;
        return level;
    }

    /** {@code log.level} may be nested. */
    private LineLevel ofField() {
        if (depth == 1) {
            return fields.level(keyFrom, keyTo, nextcloud);
        }
        return depth == 2 && isKey("level") ? fields.ofValue() : null;
    }

    private boolean isKey(String name) {
        return text.regionEquals(keyFrom, keyTo, name);
    }
}
