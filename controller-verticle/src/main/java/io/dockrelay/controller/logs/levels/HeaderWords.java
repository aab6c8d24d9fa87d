package io.dockrelay.controller.logs.levels;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.dockrelay.protocol.search.LineLevel;

/** The words of a line's header that are a level by their place and delimiter. For one thread. */
final class HeaderWords {

    private static final int MAX_TIMES_IN_BRACKETS = 6;

    /** PHP's and unbound's, BIND's. */
    private static final Pattern TWO_WORDS =
            Pattern.compile("(?:((?:[Ff]atal|FATAL|[Pp]arse) (?:[Ee]rror|ERROR))|[Dd]ebug \\d++):");
    /** The custom of Unix: {@code s6-rc: fatal: …}, {@code nginx: [emerg] …}, {@code unbound[1:0] error: …}. */
    private static final Pattern OF_PROGRAM =
            Pattern.compile("[\\w./@+-]++(?::|\\[\\d[\\d:]*+]:?) (?:([A-Za-z]++):(?![^SPACES])|\\[([a-z]++)] )"
                    .replace("SPACES", LineText.SPACES));

    private static final Pattern IN_SMALL_LETTERS =
            Pattern.compile("([a-z]++)(?![^SPACES])".replace("SPACES", LineText.SPACES));

    /** Ends a column: a delimiter, a tab, several blanks; or a blank before a bracket, a quote, a separator or a pair. */
    private static final Pattern COLUMN_END = Pattern.compile(
            ("\\z|[^SPACES]|\\t|[SPACES](?:[SPACES\\[(<{\"']|[-|\u2022\u00b7]++(?:[SPACES]|\\z)|[=-]++>|"
                            + "[\\w.@-]++=)")
                    .replace("SPACES", LineText.SPACES));

    private final LineText text;
    private final HeaderFields fields;
    private final HeaderTimes times;
    private final Matcher twoWords;
    private final Matcher ofProgram;
    private final Matcher inSmallLetters;
    private final Matcher columnEnd;

    HeaderWords(LineText text, HeaderFields fields, HeaderTimes times) {
        this.text = text;
        this.fields = fields;
        this.times = times;
        twoWords = TWO_WORDS.matcher(text);
        ofProgram = OF_PROGRAM.matcher(text);
        inSmallLetters = IN_SMALL_LETTERS.matcher(text);
        columnEnd = COLUMN_END.matcher(text);
    }

    /**
     * The level word at this place, with a delimiter after it; null when there is none. Many sentences begin with "Error":
     * without a colon, a word in small letters is a level in a column of its own only, after a time, a bracket or a dash.
     *
     * @param headed whether one of these comes before it
     */
    LineLevel level(int at, int end, boolean headed) {
        int to = afterLetters(at, end);
        LineLevel level = to > at && isDelimited(to, end) ? delimited(at, to, end, headed) : null;
        return level == null && headed ? ofChannel(at, end) : level;
    }

    private LineLevel delimited(int at, int to, int end, boolean headed) {
        char delimiter = to < end ? text.at(to) : 0;
        if (delimiter == ':') {
            // A name with a colon inside, such as a host with a port, is no level.
            return to + 1 < end && LineText.isDigit(text.at(to + 1)) ? null : beforeColon(at, to);
        }
        if (delimiter == '/' || delimiter == '-' || delimiter == ',') {
            return null;
        }
        if (twoWords.region(at, end).lookingAt()) {
            return twoWords.start(1) < 0 ? LineLevel.DEBUG : LineLevel.ERROR;
        }
        if (!isCapital(at, to)) {
            return headed && columnEnd.region(to, end).lookingAt() ? LevelWords.ofWord(text, at, to) : null;
        }
        if (headed && (text.regionEquals(at, to, "LOG") || text.regionEquals(at, to, "SUCCESS"))) {
            // Nest's and loguru's.
            return LineLevel.INFO;
        }
        return LevelWords.ofWord(text, at, to);
    }

    /** The level at the start of a line, after the name of a program. */
    LineLevel ofProgram(int at, int end) {
        if (!ofProgram.region(at, end).lookingAt()) {
            return null;
        }
        int group = ofProgram.start(1) >= 0 ? 1 : 2;
        return LevelWords.ofWord(text, ofProgram.start(group), ofProgram.end(group));
    }

    /** The level after a program that starts each line with its name: {@code npm error code 1}. */
    LineLevel inSmallLetters(int at, int end) {
        boolean found = inSmallLetters.region(at, end).lookingAt();
        return found ? LevelWords.ofWord(text, at, inSmallLetters.end(1)) : null;
    }

    /**
     * {@code error}, {@code 12:00:00 INF}, {@code core:error}, {@code 2026-01-02 03:04:05: ERROR/MainProcess},
     * {@code WARN  tini (7)}.
     */
    LineLevel inBrackets(int begin, int closing) {
        int from = text.afterBlanks(begin, closing);
        int to = text.beforeBlanks(from, closing);
        LineLevel alone = aloneInBrackets(from, to);
        if (alone != null) {
            return alone;
        }
        int module = afterModule(from, to);
        if (module >= 0) {
            return LevelWords.ofWord(text, module, to);
        }
        int at = from;
        for (int count = 0; count < MAX_TIMES_IN_BRACKETS; count++) {
            at = fields.afterSeparator(at, to);
            int afterTime = times.after(at, to);
            if (afterTime == at) {
                break;
            }
            at = afterTime;
        }
        int word = afterLetters(at, to);
        boolean counts =
                at > from ? isDelimited(word, to) : word < to && LineText.isSpace(text.at(word)) && isCapital(at, word);
        return counts ? LevelWords.ofWord(text, at, word) : null;
    }

    /** MySQL and RabbitMQ have words that are a level only alone in brackets. */
    private LineLevel aloneInBrackets(int from, int to) {
        if (text.regionEqualsIgnoringCase(from, to, "note")
                || text.regionEqualsIgnoringCase(from, to, "system")
                || text.regionEqualsIgnoringCase(from, to, "noti")) {
            return LineLevel.INFO;
        }
        boolean error =
                text.regionEqualsIgnoringCase(from, to, "alrt") || text.regionEqualsIgnoringCase(from, to, "emgc");
        return error ? LineLevel.ERROR : LevelWords.ofWord(text, from, to);
    }

    /** Where the level of a {@code module:level} begins; -1 when this is none. */
    private int afterModule(int from, int to) {
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

    /** Monolog's {@code channel.ERROR:}. */
    private LineLevel ofChannel(int from, int end) {
        int dot = from;
        int at = from;
        while (at < end && (LineText.isWord(text.at(at)) || text.at(at) == '.' || text.at(at) == '-')) {
            dot = text.at(at) == '.' ? at : dot;
            at++;
        }
        boolean colon = at < end && text.at(at) == ':' && (at + 1 >= end || LineText.isSpace(text.at(at + 1)));
        return dot > from && colon && isCapital(dot + 1, at) ? LevelWords.ofWord(text, dot + 1, at) : null;
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
        return to >= end || "!:/])>|,-[".indexOf(text.at(to)) >= 0 || LineText.isSpace(text.at(to));
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
