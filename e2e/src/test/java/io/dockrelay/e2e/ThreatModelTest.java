package io.dockrelay.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.dockrelay.e2e.harness.Checkout;

import static org.assertj.core.api.Assertions.assertThat;

/** Each row of the threat model in SECURITY.md says what stops the threat and names tests, and these tests exist. */
class ThreatModelTest {

    private static final String HEAD = "| threat | what stops it | shown by |";

    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    /** A test method after its annotations. */
    private static final Pattern METHOD = Pattern.compile(
            "@(?:Test|ParameterizedTest|RepeatedTest|TestFactory)\\b(?:(?!\\bvoid\\b)[\\s\\S])*?\\bvoid (\\w+)\\(");

    @Test
    void everyThreatHasAnAnswerAndATest() throws IOException {
        assertThat(rows()).hasSizeGreaterThan(10).allSatisfy(row -> {
            assertThat(row).hasSize(3).noneMatch(String::isBlank);
            assertThat(tests(row.get(2))).as(row.get(0)).isNotEmpty();
        });
    }

    @Test
    void everyNamedTestExists() throws IOException {
        Map<String, Set<String>> java = javaTests();
        Set<String> page = files("web/src", ".test.ts");

        assertThat(rows().stream().flatMap(row -> tests(row.get(2)).stream())).allSatisfy(test -> {
            if (test.endsWith(".test.ts")) {
                assertThat(page).as("web/src/**/" + test).contains(test);
            } else {
                String[] name = test.split("\\.", 2);
                assertThat(name).as("Class.method: " + test).hasSize(2);
                assertThat(java.getOrDefault(name[0], Set.of())).as(test).contains(name[1]);
            }
        });
    }

    private static List<List<String>> rows() throws IOException {
        return Files.readAllLines(Checkout.root().resolve("SECURITY.md")).stream()
                .dropWhile(line -> !line.equals(HEAD))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> Stream.of(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toList())
                .toList();
    }

    private static List<String> tests(String cell) {
        return NAME.matcher(cell).results().map(match -> match.group(1)).toList();
    }

    /** The test methods of each class. */
    private static Map<String, Set<String>> javaTests() throws IOException {
        Map<String, Set<String>> tests = new HashMap<>();
        try (Stream<Path> modules = Files.list(Checkout.root())) {
            for (Path module : modules.filter(each -> Files.exists(each.resolve("src/test/java")))
                    .toList()) {
                try (Stream<Path> sources = Files.walk(module.resolve("src/test/java"))) {
                    for (Path source : sources.filter(each -> each.toString().endsWith("Test.java"))
                            .toList()) {
                        String name = source.getFileName().toString().replace(".java", "");
                        tests.merge(name, methods(source), ThreatModelTest::both);
                    }
                }
            }
        }
        return tests;
    }

    private static Set<String> methods(Path source) throws IOException {
        return METHOD.matcher(Files.readString(source))
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toSet());
    }

    private static Set<String> both(Set<String> one, Set<String> other) {
        return Stream.of(one, other).flatMap(Set::stream).collect(Collectors.toSet());
    }

    private static Set<String> files(String folder, String end) throws IOException {
        try (Stream<Path> files = Files.walk(Checkout.root().resolve(folder))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(end))
                    .collect(Collectors.toSet());
        }
    }
}
