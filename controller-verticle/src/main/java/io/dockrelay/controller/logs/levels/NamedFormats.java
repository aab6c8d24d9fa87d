package io.dockrelay.controller.logs.levels;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.dockrelay.protocol.search.LineLevel;

/**
 * Formats that the beginning of a line shows. Each pattern has one group: the letter, the word or the mark of the level, in
 * its place of a format. For one thread.
 */
final class NamedFormats {

    private static final List<String> AFTER_DIGITS = List.of(
            // etcd: 2026-01-02 03:04:05.000000 W | …; Telegraf: 2026-01-02T03:04:05Z E! …; MongoDB 4.2:
            // 2026-01-02T03:04:05.000+0000 D1 COMMAND  [conn1] …
            "[\\d-]++[ T][\\d:.Z+-]++ ([FEWINDT])(?: \\| |! |[1-5]? ++[A-Z_-]++ ++\\[)",
            // Gitea and Forgejo: 2026/01/02 03:04:05 cmd/web.go:1:run() [I] …
            "\\d{4}/\\d\\d/\\d\\d [\\d:]++ [^SPACES]++ \\[([FEWIDT])] ",
            // Redis: 1:M 02 Jan 2026 03:04:05.000 # …; KeyDB has two numbers.
            "\\d++:(?:\\d++:)?[XCSM] \\d\\d? \\w{3} \\d{4} [\\d:.]++ ([.*#-]) ");
    private static final List<String> IN_BRACKETS = List.of(
            // Android and tornado: [E 260102 03:04:05 …
            "\\[([FEWID])(?:\\d{4}| ?\\d{6}) \\d\\d:\\d\\d",
            // ESPHome: [03:04:05][C][wifi:1]: …
            "\\[[\\d:.]++]\\[([EWICDV])V?]\\[",
            // Icinga: [2026-01-02 03:04:05 +0000] warning/ApiListener: …
            "\\[[\\d:+ -]++] ([a-z]++)/\\w++: ",
            // The state of a job, as systemd writes it to the console.
            "\\[( {2}OK {2}|FAILED| TIME | ONCE |DEPEND|ASSERT|UNSUPP)] ");
    private static final List<String> AFTER_LETTERS = List.of(
            // glog and klog: E0123 14:03:22.104 …; CockroachDB: I260102 14:03:22.104 …
            "([FEWID])\\d{4}(?:\\d\\d)? \\d\\d:\\d\\d",
            // Ruby: E, [2026-01-02T…
            "([FEWID]), \\[",
            // Zigbee2MQTT: Zigbee2MQTT:error 2026-01-02 03:04:05: …
            "\\w++:([a-z]++) ++\\d{4}-\\d\\d-\\d\\d");

    private final LineText text;
    private final List<Matcher> afterDigits;
    private final List<Matcher> inBrackets;
    private final List<Matcher> afterLetters;

    NamedFormats(LineText text) {
        this.text = text;
        afterDigits = matchers(AFTER_DIGITS);
        inBrackets = matchers(IN_BRACKETS);
        afterLetters = matchers(AFTER_LETTERS);
    }

    private List<Matcher> matchers(List<String> patterns) {
        return patterns.stream()
                .map(pattern -> Pattern.compile(pattern.replace("SPACES", LineText.SPACES))
                        .matcher(text))
                .toList();
    }

    /** The level of the line that begins at {@code from}; null for a line of no such format. */
    LineLevel find(int from, int end) {
        char first = text.at(from);
        List<Matcher> formats = first == '[' ? inBrackets : first <= '9' ? afterDigits : afterLetters;
        for (int i = 0; i < formats.size(); i++) {
            Matcher format = formats.get(i);
            if (format.region(from, end).lookingAt()) {
                return ofMark(format.start(1), format.end(1));
            }
        }
        return null;
    }

    private LineLevel ofMark(int from, int to) {
        return switch (text.at(from)) {
            // Redis
            case '.', '-' -> LineLevel.DEBUG;
            case '*' -> LineLevel.INFO;
            case '#' -> LineLevel.WARN;
            default -> to - from == 1 ? LevelWords.ofLetter(text.at(from)) : ofState(from, to);
        };
    }

    /** Of systemd's state, or a word. */
    private LineLevel ofState(int from, int to) {
        if (text.regionEquals(from, to, "  OK  ")) {
            return LineLevel.INFO;
        }
        if (text.at(from) == ' ' || text.regionEquals(from, to, "FAILED")) {
            return LineLevel.ERROR;
        }
        boolean systemd = text.at(from) >= 'A' && text.at(from) <= 'Z';
        return systemd ? LineLevel.WARN : LevelWords.ofWord(text, from, to);
    }
}
