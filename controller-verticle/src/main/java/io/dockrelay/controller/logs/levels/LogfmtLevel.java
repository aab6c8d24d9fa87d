package io.dockrelay.controller.logs.levels;

import java.util.List;

import io.dockrelay.protocol.search.LineLevel;

/**
 * The level of a line of pairs such as {@code level=error}. Each part up to the level, and the one after it, is a pair: a
 * sentence may hold one. For one thread.
 */
final class LogfmtLevel {

    private static final int MAX_SEARCHED = 1000;

    private static final List<String> FIELDS =
            List.of("level", "lvl", "severity", "loglevel", "levelname", "log.level");

    private final LineText text;

    LogfmtLevel(LineText text) {
        this.text = text;
    }

    /**
     * Of the pairs from a place on; null without a level.
     *
     * @param start where the line begins, after its blanks
     */
    LineLevel find(int start, int from) {
        int end = Math.min(text.length(), start + MAX_SEARCHED);
        LineLevel level = null;
        int at = from;
        while (at < end) {
            int equals = afterKey(at, end);
            if (equals == at || equals >= end || text.at(equals) != '=') {
                return null;
            }
            int after = afterValue(equals + 1, end);
            if (after < end && !LineText.isSpace(text.at(after))) {
                return null;
            }
            if (level != null) {
                return level;
            }
            if (isLevelField(at, equals)) {
                level = ofValue(equals + 1, after);
            }
            at = text.afterBlanks(after, end);
        }
        return level;
    }

    private int afterKey(int from, int end) {
        int at = from;
        while (at < end && (LineText.isWord(text.at(at)) || ".@-".indexOf(text.at(at)) >= 0)) {
            at++;
        }
        return at;
    }

    private int afterValue(int from, int end) {
        int at = from;
        if (at < end && text.at(at) == '"') {
            for (at++; at < end; at++) {
                if (text.at(at) == '"') {
                    return at + 1;
                }
                at += text.at(at) == '\\' ? 1 : 0;
            }
            return end;
        }
        while (at < end && !LineText.isSpace(text.at(at))) {
            at++;
        }
        return at;
    }

    /** In capitals it is a variable of an environment. */
    private boolean isLevelField(int from, int to) {
        boolean small = false;
        for (int at = from; at < to; at++) {
            small |= text.at(at) >= 'a';
        }
        for (int i = 0; small && i < FIELDS.size(); i++) {
            if (text.regionEqualsIgnoringCase(from, to, FIELDS.get(i))) {
                return true;
            }
        }
        return false;
    }

    private LineLevel ofValue(int begin, int after) {
        int from = begin;
        int to = after;
        if (text.at(from) == '"') {
            from++;
            to = to > from && text.at(to - 1) == '"' ? to - 1 : to;
        }
        boolean separated = to > from && (text.at(to - 1) == ',' || text.at(to - 1) == ';');
        return LevelWords.ofWord(text, from, separated ? to - 1 : to);
    }
}
