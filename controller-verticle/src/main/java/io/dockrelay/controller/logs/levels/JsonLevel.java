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

    /** The innermost open object whose fields count. */
    private LevelObject object = LevelObject.OUTSIDE;

    /** The open objects and lists in it, whose fields do not count. */
    private int skipped;

    /** The last key is {@code [keyFrom, keyTo)}; -1 when a value is not expected. */
    private int keyFrom;

    private int keyTo;

    /** Whether a field of Serilog's compact format was read. */
    private boolean serilog;

    /** Whether the field was read with which Nextcloud's lines begin. */
    private boolean nextcloud;

    /** Whether a field was read that each line of MySQL has. */
    private boolean mysql;

    /** What a field says that is a level in a line of MySQL only; null for none. */
    private LineLevel prio;

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
        object = LevelObject.OUTSIDE;
        skipped = 0;
        keyFrom = -1;
        serilog = false;
        nextcloud = false;
        mysql = false;
        prio = null;
        int end = Math.min(text.length(), from + MAX_SEARCHED);
        int at = from;
        while (at < end) {
            char next = text.at(at);
            if (next == '{' || next == '[') {
                open(next);
                at++;
            } else if (next == '}' || next == ']') {
                close();
                at++;
            } else {
                at = tokens.read(at);
                LineLevel level = at >= 0 && skipped == 0 ? level(at) : null;
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
        if (serilog) {
            return LineLevel.INFO;
        }
        return mysql ? prio : null;
    }

    private void open(char bracket) {
        LevelObject inner = skipped == 0 && bracket == '{' ? inner() : null;
        if (inner == null) {
            skipped++;
        } else {
            object = inner;
        }
        keyFrom = -1;
    }

    /** The object of the last key; null when its fields do not count. */
    private LevelObject inner() {
        return switch (object) {
            case OUTSIDE -> LevelObject.LINE;
            case LINE -> inLine();
            case RECORD -> isKey("level") ? LevelObject.RECORD_LEVEL : null;
            case LOG, RECORD_LEVEL -> null;
        };
    }

    private LevelObject inLine() {
        if (isKey("log")) {
            return LevelObject.LOG;
        }
        return isKey("record") ? LevelObject.RECORD : null;
    }

    private void close() {
        if (skipped > 0) {
            skipped--;
        } else {
            object = object.outer();
        }
    }

    /** Takes the token before {@code after} as a key or a value; returns what it says as the value of a level field. */
    private LineLevel level(int after) {
        if (keyFrom < 0 && tokens.isKey(after)) {
            keyFrom = tokens.from();
            keyTo = tokens.to();
            if (object == LevelObject.LINE) {
                serilog |= isKey("@t") || isKey("@mt");
                nextcloud |= isKey("reqId");
                mysql |= isKey("err_code");
            }
            return null;
        }
        LineLevel level = keyFrom < 0 ? null : ofField();
        keyFrom = -1;
        return level;
    }

    private LineLevel ofField() {
        if (object == LevelObject.LINE && isKey("prio")) {
            prio = fields.ofMySql();
        }
        return switch (object) {
            case LINE -> fields.level(keyFrom, keyTo, nextcloud);
            case LOG -> isKey("level") ? fields.ofValue() : null;
            case RECORD_LEVEL -> fields.ofLoguru(keyFrom, keyTo);
            case OUTSIDE, RECORD -> null;
        };
    }

    private boolean isKey(String name) {
        return keyFrom >= 0 && text.regionEquals(keyFrom, keyTo, name);
    }
}
