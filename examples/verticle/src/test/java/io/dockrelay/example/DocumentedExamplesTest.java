package io.dockrelay.example;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What docs/event-bus.md shows is in the files of this module, which the build compiles and the other test runs. */
class DocumentedExamplesTest {

    private static final Path ROOT = Path.of("../..");
    private static final Pattern JAVA = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

    @Test
    void eachJavaExampleOfThePageIsAPartOfAFile() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/event-bus.md"));
        List<String> examples = JAVA.matcher(page)
                .results()
                .map((MatchResult found) -> unindented(found.group(1)))
                .toList();
        List<String> files = files();
        assertThat(examples)
                .hasSizeGreaterThan(3)
                .allSatisfy(example -> assertThat(files).as(example).anyMatch(file -> file.contains(example)));
    }

    private static List<String> files() throws IOException {
        try (Stream<Path> walked = Files.walk(Path.of("src/main/java"))) {
            return walked.filter(file -> file.toString().endsWith(".java"))
                    .map(DocumentedExamplesTest::read)
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return unindented(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String unindented(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining("\n"));
    }
}
