package io.dockrelay.controller.logs.levels;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.dockrelay.controller.logs.search.VisibleText;
import io.dockrelay.protocol.search.LineLevel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The levels of {@code golden/levels.tsv} and {@code golden/traces.json}, which the dashboard is tested with too. */
class LevelTrackerTest {

    /** A character and how often it stands there. */
    private static final Pattern REPEATED = Pattern.compile("(.)\\\\\\{(\\d+)}");

    /** A line of the golden file and its level. */
    record Example(LineLevel level, String line) {}

    /** Lines of a log, in their order, and their levels. */
    record Trace(String name, List<String> lines, List<LineLevel> levels) {}

    static Stream<Example> levels() throws IOException {
        return golden("levels.tsv").lines().filter(row -> !row.startsWith("# ")).map(row -> {
            int tab = row.indexOf('\t');
            LineLevel level = switch (row.substring(0, tab)) {
                case "none" -> LineLevel.OTHER;
                case "fatal" -> LineLevel.ERROR;
                case String name -> LineLevel.of(name);
            };
            return new Example(level, line(row.substring(tab + 1)));
        });
    }

    /** Without the short forms of the file. */
    private static String line(String example) {
        return REPEATED.matcher(example.replace("\\u001b", "\u001b"))
                .replaceAll(found -> Matcher.quoteReplacement(found.group(1).repeat(Integer.parseInt(found.group(2)))));
    }

    static List<Trace> traces() throws IOException {
        return new ObjectMapper().readValue(golden("traces.json"), new TypeReference<>() {});
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = LineLevel.class.getResourceAsStream("/golden/" + name)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private static LineLevel next(LevelTracker tracker, String line) {
        byte[] bytes = VisibleText.of(line).getBytes(UTF_8);
        return tracker.next(bytes, 0, bytes.length);
    }

    @ParameterizedTest
    @MethodSource("levels")
    void lineHasTheLevelOfTheSpecification(Example example) {
        assertThat(next(new LevelTracker(), example.line())).isEqualTo(example.level());
    }

    @ParameterizedTest
    @MethodSource("traces")
    void lineOfAStackTraceHasTheLevelOfItsFirstLine(Trace trace) {
        var tracker = new LevelTracker();

        assertThat(trace.lines().stream().map(line -> next(tracker, line))).isEqualTo(trace.levels());
    }

    @Test
    void onlyLinesThatInheritTheirLevelContinueATrace() throws IOException {
        var tracker = new LevelTracker();
        List<String> lines = traces().getFirst().lines();

        assertThat(lines.stream().filter(line -> {
                    LineLevel unused = next(tracker, line);
                    return !tracker.continuesTrace();
                }))
                .containsExactly(lines.getFirst(), lines.getLast());
    }

    @Test
    void aLineOfAGoTraceMayBeLongerThanWhatIsReadOfIt() {
        var tracker = new LevelTracker();
        String call = "main.run(" + "0x1, ".repeat(1000);

        assertThat(Stream.of("panic: boom", call + "0x2)", call, call + "0x2)").map(line -> next(tracker, line)))
                .containsExactly(LineLevel.ERROR, LineLevel.ERROR, LineLevel.OTHER, LineLevel.OTHER);
    }

    @Test
    void hostileLinesHaveNoLevelAndTakeNoTime() {
        var tracker = new LevelTracker();
        for (String line : List.of(
                "",
                "{",
                "{\"level\":\"" + "\\".repeat(100_001),
                "{".repeat(100_000),
                "[".repeat(100_000),
                "(".repeat(100_000) + ")",
                "a.".repeat(100_000) + "Exception",
                "level=\"" + "\\\"".repeat(50_000),
                "a=1 ".repeat(50_000),
                "10:00:00 " + "a.A".repeat(50_000) + ":",
                "10:00:00 a" + "[1]<x>".repeat(50_000),
                "Nov 29 10:00:00 " + "a:".repeat(50_000),
                "\u00e4".repeat(100_000),
                "\ud83d".repeat(10),
                "-".repeat(100_000),
                " ".repeat(100_000))) {
            assertThat(next(tracker, line)).isEqualTo(LineLevel.OTHER);
        }
        byte[] invalid = "ERROR \u00ff\u00fe".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(tracker.next(invalid, 0, invalid.length)).isEqualTo(LineLevel.ERROR);
    }
}
