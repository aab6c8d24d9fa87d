package io.dockrelay.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The rules for a proxy in front of the engine allow the versions of the API that this library negotiates, and no other. */
class ProxyRulesTest {

    private static final String VERSION = "/v1\\.(2[4-9]|3[0-9]|4[0-4])/";

    @ParameterizedTest
    @ValueSource(strings = {"watch", "logs", "control"})
    void versionsAreThoseOfTheLibrary(String profile) throws IOException {
        List<String> rules = Files.readAllLines(Path.of("..", "deploy", "engine-proxy", profile + ".lst")).stream()
                .filter(line -> line.startsWith("^"))
                .toList();
        assertThat(rules).filteredOn(rule -> !rule.contains(VERSION)).containsExactly("^GET /version$");

        List<Pattern> patterns = rules.stream().map(Pattern::compile).toList();
        Stream<ApiVersion> allowed = IntStream.range(0, 200)
                .mapToObj(minor -> new ApiVersion(1, minor))
                .filter(api -> patterns.stream()
                        .anyMatch(rule -> rule.matcher("GET /v" + api + "/info").find()));
        assertThat(allowed)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(ApiChoice.OUR_OLDEST.minor(), ApiChoice.OUR_NEWEST.minor())
                                .mapToObj(minor -> new ApiVersion(1, minor))
                                .toList());
    }
}
