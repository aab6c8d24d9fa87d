package io.dockrelay.controller.logs.levels;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.dockrelay.protocol.search.LineLevel;

/** The level of a line with a field such as {@code level=error}. For one thread. */
final class LogfmtLevel {

    private static final int MAX_SEARCHED = 1000;

    /** A pair with a bare or a quoted value, or any other word, quoted or not. */
    private static final Pattern PART = Pattern.compile(
            "([\\w.@-]++)=(?:\"((?:[^\"\\\\]++|\\\\.)*+)\"?|([^SPACES\"]*+))|\"(?:[^\"\\\\]++|\\\\.)*+\"?|[^SPACES]++"
                    .replace("SPACES", LineText.SPACES));

    private static final List<String> FIELDS =
            List.of("level", "lvl", "severity", "loglevel", "levelname", "log.level");

    /** A line with none of these has no such field. */
    private static final List<String> MARKS = List.of("evel=", "lvl=", "everity=");

    private final LineText text;
    private final Matcher part;

    LogfmtLevel(LineText text) {
        this.text = text;
        this.part = PART.matcher(text);
    }

    /** Null without a level. */
    LineLevel find() {
        int end = Math.min(text.length(), MAX_SEARCHED);
        if (!hasMark(end)) {
            return null;
        }
        part.region(0, end);
        while (part.find()) {
            if (part.start(1) >= 0 && isLevelField(part.start(1), part.end(1))) {
                int value = part.start(2) >= 0 ? 2 : 3;
                return ofValue(part.start(value), part.end(value));
            }
        }
        return null;
    }

    private boolean hasMark(int end) {
        for (int at = 0; at < end; at++) {
            if (text.at(at) == '=' && endsWithMark(at + 1)) {
                return true;
            }
        }
        return false;
    }

    private boolean endsWithMark(int end) {
        for (String mark : MARKS) {
            if (end >= mark.length() && text.regionEquals(end - mark.length(), end, mark)) {
                return true;
            }
        }
        return false;
    }

    private boolean isLevelField(int from, int to) {
        for (String field : FIELDS) {
            if (text.regionEqualsIgnoringCase(from, to, field)) {
                return true;
            }
        }
        return false;
    }

    private LineLevel ofValue(int from, int to) {
        boolean separated = to > from && (text.at(to - 1) == ',' || text.at(to - 1) == ';');
        return LevelWords.ofWord(text, from, separated ? to - 1 : to);
    }
}
