package io.dockrelay.controller.logs.levels;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.dockrelay.protocol.search.LineLevel;

/**
 * The level in the header of a line: after times, names and brackets, and before the message. For one thread.
 */
final class HeaderLevel {

    /** A header has at most this many fields before its level. */
    private static final int MAX_FIELDS = 14;

    private static final int MAX_SEARCHED = 300;
    private static final int MAX_IN_BRACKETS = 80;
    private static final int MAX_TIMES_IN_BRACKETS = 6;

    /** glog and klog: {@code E0123 14:03:22.104 …}; Android and tornado: {@code [E 230102 …}. */
    private static final Pattern GLOG = Pattern.compile("\\[?([FEWID])(?:\\d{4}| \\d{6}) \\d\\d:\\d\\d");
    /** Ruby: {@code E, [2026-01-02T…}. */
    private static final Pattern RUBY = Pattern.compile("([FEWID]), \\[");
    /** etcd: {@code 2026-01-02 03:04:05.000000 W | …}. */
    private static final Pattern ETCD = Pattern.compile("[\\d-]+ [\\d:.]+ ([FEWIND]) \\| ");
    /** Redis: {@code 1:M 02 Jan 2026 03:04:05.000 # …}. */
    private static final Pattern REDIS = Pattern.compile("\\d+:[XCSM] \\d\\d? \\w{3} \\d{4} [\\d:.]+ ([.*#-]) ");
    /** RFC 3164: {@code Jan  2 03:04:05 host program[12]: }. */
    private static final Pattern SYSLOG =
            Pattern.compile("[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d [^SPACES]+ [\\w./-]+(?:\\[\\d+])?: "
                    .replace("SPACES", LineText.SPACES));
    /** Programs that start each line with their name. */
    private static final Pattern PROGRAM = Pattern.compile("(?:PHP|npm|yarn|pnpm) +");

    private static final Pattern SEPARATOR =
            Pattern.compile("(?:[SPACES|\u2022\u00b7,]|=+>|-+(?=[SPACES\\[]))++".replace("SPACES", LineText.SPACES));
    private static final Pattern TIME = Pattern.compile(("(?:[\\d+#][\\d\\-:.,/TZ+#]*(?:[AP]M)?"
                    + "|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun),?"
                    + "|UTC|GMT|CES?T|[A-Z][SD]T|[AP]M):?(?=[SPACES\\[\\]|]|\\z)")
            .replace("SPACES", LineText.SPACES));

    private final LineText text;
    private final HeaderWords words;
    private final Matcher glog;
    private final Matcher ruby;
    private final Matcher etcd;
    private final Matcher redis;
    private final Matcher syslog;
    private final Matcher program;
    private final Matcher separator;
    private final Matcher time;

    /** End of what is searched in the current line. */
    private int end;

    HeaderLevel(LineText text) {
        this.text = text;
        words = new HeaderWords(text);
        glog = GLOG.matcher(text);
        ruby = RUBY.matcher(text);
        etcd = ETCD.matcher(text);
        redis = REDIS.matcher(text);
        syslog = SYSLOG.matcher(text);
        program = PROGRAM.matcher(text);
        separator = SEPARATOR.matcher(text);
        time = TIME.matcher(text);
    }

    /** Null when the message begins before a level. */
    LineLevel find() {
        end = Math.min(text.length(), MAX_SEARCHED);
        char first = text.at(0);
        if (first == '[' || (first >= 'D' && first <= 'W')) {
            if (begins(glog) || begins(ruby)) {
                return LevelWords.ofLetter(text.at((glog.hasMatch() ? glog : ruby).start(1)));
            }
        }
        if (LineText.isDigit(first) || first == '-') {
            if (begins(etcd)) {
                return LevelWords.ofLetter(text.at(etcd.start(1)));
            }
            if (begins(redis)) {
                return ofRedis(text.at(redis.start(1)));
            }
        }
        boolean ofProgram = LineText.isLetter(first) && begins(program);
        if (LineText.isLetter(first) && begins(syslog)) {
            return scan(syslog.end(), ofProgram);
        }
        return scan(ofProgram ? program.end() : 0, ofProgram);
    }

    private boolean begins(Matcher matcher) {
        return matcher.region(0, end).lookingAt();
    }

    private static LineLevel ofRedis(char mark) {
        return switch (mark) {
            case '.', '-' -> LineLevel.DEBUG;
            case '*' -> LineLevel.INFO;
            default -> LineLevel.WARN;
        };
    }

    /**
     * @param headedAtStart whether a word in small letters may be a level without a colon: after a time, a bracket or a
     *     separator
     */
    private LineLevel scan(int start, boolean headedAtStart) {
        int at = start;
        boolean named = false;
        boolean headed = headedAtStart;
        for (int fields = 0; fields < MAX_FIELDS; fields++) {
            at = after(separator, at, end);
            int closing = closing(at);
            if (closing >= 0) {
                LineLevel level = inBrackets(at + 1, closing);
                if (level != null) {
                    return level;
                }
                at = closing + (closing + 1 < end && text.at(closing + 1) == ':' ? 2 : 1);
                headed = true;
                continue;
            }
            int afterTime = after(time, at, end);
            if (afterTime > at) {
                headed |= contains(at, afterTime, ':');
                at = afterTime;
                continue;
            }
            LineLevel level = words.level(at, end, headed);
            if (level != null) {
                return level;
            }
            int afterName = words.afterName(at, end);
            if (afterName == at || fields == 0 || named) {
                return null;
            }
            // One name may come before the level: a logger before a dash or a colon, a user before PostgreSQL's level.
            boolean dash = words.isDash(afterName, end);
            boolean colon = text.at(afterName - 1) == ':';
            if (!colon && !dash && !words.isCapitalsAndColon(after(separator, afterName, end), end)) {
                return null;
            }
            named = true;
            headed = dash;
            at = afterName;
        }
        return null;
    }

    /** {@code [error]}, {@code [12:00:00 INF]}, {@code [core:error]}, {@code [2026-01-02 03:04:05: ERROR/MainProcess]}. */
    private LineLevel inBrackets(int begin, int closing) {
        int from = begin;
        int to = closing;
        while (from < to && LineText.isSpace(text.at(from))) {
            from++;
        }
        while (to > from && LineText.isSpace(text.at(to - 1))) {
            to--;
        }
        LineLevel alone = HeaderWords.aloneInBrackets(text, from, to);
        if (alone != null) {
            return alone;
        }
        int module = words.afterModule(from, to);
        if (module >= 0) {
            return LevelWords.ofWord(text, module, to);
        }
        int at = from;
        for (int times = 0; times < MAX_TIMES_IN_BRACKETS; times++) {
            at = after(separator, at, to);
            int afterTime = after(time, at, to);
            if (afterTime == at) {
                break;
            }
            at = afterTime;
        }
        return at == from ? null : words.anyCase(at, to);
    }

    /** Where the match that begins at this place ends; this place when there is none. */
    private int after(Matcher matcher, int at, int limit) {
        return matcher.region(at, limit).lookingAt() ? matcher.end() : at;
    }

    /** The closing bracket of the short pair that opens there; -1 when there is none. */
    private int closing(int at) {
        if (at >= end) {
            return -1;
        }
        char open = text.at(at);
        int kind = "[(<{".indexOf(open);
        char close = kind < 0 ? 0 : "])>}".charAt(kind);
        for (int next = at + 1; kind >= 0 && next < end && next - at <= MAX_IN_BRACKETS + 1; next++) {
            if (text.at(next) == close) {
                return next;
            }
            if (text.at(next) == open) {
                return -1;
            }
        }
        return -1;
    }

    private boolean contains(int from, int to, char wanted) {
        for (int at = from; at < to; at++) {
            if (text.at(at) == wanted) {
                return true;
            }
        }
        return false;
    }
}
