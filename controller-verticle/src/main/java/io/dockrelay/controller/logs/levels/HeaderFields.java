package io.dockrelay.controller.logs.levels;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fields that the header of a line may have before its level: each method takes a place. For one thread. */
final class HeaderFields {

    private static final int MAX_IN_BRACKETS = 160;

    /** How far the separator and the level after a name are looked at. */
    private static final int CAPITALS = 12;

    private static final int DASH = 4;

    private static final Pattern SEPARATOR = pattern("(?:[SPACES|\u2022\u00b7,]|[=-]++>|-+(?=[SPACES\\[]))++");
    /** Programs that start each line with their name. */
    private static final Pattern PROGRAM = pattern("(?:PHP|npm|yarn|pnpm) ++");
    /** A process, a user or a session, written at a name: {@code unbound[1:0]}, {@code imap(ann)<1><x>:}. */
    private static final Pattern ATTACHED =
            pattern("(?:\\([^()SPACES]*+\\)|<[^<>SPACES]*+>|\\[[^\\]\\[SPACES]*+])++:?");

    private static final Pattern PAIR = pattern("[\\w.@-]++=[^SPACES\"]++");
    /**
     * RFC 3164: {@code Jan  2 03:04:05 host program[12]: }; also with a time of RFC 3339, as rsyslog and journalctl write
     * it: then a word in capitals without a number after it is a level, and no host.
     */
    private static final Pattern SYSLOG = pattern("(?:[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d++)?"
            + "|\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d++)?(?:Z|[+-]\\d\\d:?\\d\\d)"
            + "(?! [A-Z]++ [\\w./-]++: ))"
            + " ([\\w.:-]*[\\w.-]) ([\\w./-]++)(?:\\[\\d++])?: ");

    private final LineText text;
    private final Matcher separator;
    private final Matcher program;
    private final Matcher attached;
    private final Matcher pair;
    private final Matcher syslog;

    HeaderFields(LineText text) {
        this.text = text;
        separator = SEPARATOR.matcher(text);
        program = PROGRAM.matcher(text);
        attached = ATTACHED.matcher(text);
        pair = PAIR.matcher(text);
        syslog = SYSLOG.matcher(text);
    }

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex.replace("SPACES", LineText.SPACES));
    }

    /** Where the header begins after syslog's; this place without one. */
    int afterSyslog(int at, int end) {
        if (!LineText.isWord(text.at(at)) || !syslog.region(at, end).lookingAt()) {
            return at;
        }
        boolean level = LevelWords.ofWord(text, syslog.start(1), syslog.end(1)) != null
                || LevelWords.ofWord(text, syslog.start(2), syslog.end(2)) != null;
        return level ? at : syslog.end();
    }

    int afterSeparator(int at, int end) {
        return after(separator, at, end);
    }

    int afterProgram(int at, int end) {
        char first = text.at(at);
        return first == 'P' || first == 'n' || first == 'y' || first == 'p' ? after(program, at, end) : at;
    }

    /** The closing bracket of the short pair that opens there; -1 when there is none. */
    int closing(int at, int end) {
        char open = at < end ? text.at(at) : 0;
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

    /**
     * Where a name ends that may come before the level: a program with its number, a logger before a dash or a colon, a user
     * before PostgreSQL's level. This place when the message begins here.
     */
    int afterName(int from, int end) {
        int bare = from;
        while (bare < end && !LineText.isSpace(text.at(bare)) && "[](){}<>|\"'=".indexOf(text.at(bare)) < 0) {
            bare++;
        }
        if (bare == from) {
            return from;
        }
        boolean key = bare < end && text.at(bare) == '=';
        int to = key ? after(pair, from, end) : after(attached, bare, end);
        if (to == from) {
            return from;
        }
        boolean named = text.at(to - 1) == ':'
                || isNumber(bare, to)
                || isDash(to, end)
                || isCapitalsAndColon(after(separator, to, end), end);
        return named ? to : from;
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

    /** Whether this is a number in brackets, maybe with colons in it. */
    private boolean isNumber(int from, int to) {
        if (to - from < 3 || text.at(from) != '[' || text.at(to - 1) != ']' || !LineText.isDigit(text.at(from + 1))) {
            return false;
        }
        int at = from + 1;
        while (LineText.isDigit(text.at(at)) || text.at(at) == ':') {
            at++;
        }
        return at == to - 1;
    }

    /** Whether a word in capitals with a colon and a blank follows. */
    private boolean isCapitalsAndColon(int from, int end) {
        int limit = Math.min(end, from + CAPITALS);
        int at = from;
        while (at < limit && text.at(at) >= 'A' && text.at(at) <= 'Z') {
            at++;
        }
        return at > from && at + 1 < limit && text.at(at) == ':' && text.at(at + 1) == ' ';
    }

    /** Where the match that begins at this place ends; this place when there is none. */
    private static int after(Matcher matcher, int at, int end) {
        return matcher.region(at, end).lookingAt() ? matcher.end() : at;
    }
}
