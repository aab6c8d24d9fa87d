package io.dockrelay.controller.logs.search;

import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.dockrelay.controller.logs.entries.Line;
import io.dockrelay.protocol.search.SearchFilter;
import io.dockrelay.protocol.search.SearchTerm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which lines a filter's terms let through. */
class CompiledFilterTest {

    private static boolean matches(String text, boolean ignoreCase, SearchTerm... terms) {
        var filter = new SearchFilter(List.of(terms), ignoreCase, List.of(), true, null);
        var matcher = new LineMatcher(new CompiledFilter(filter));
        var line = new Line();
        line.bytes = text.getBytes(UTF_8);
        line.to = line.bytes.length;
        line.position.stream = 'o';
        matcher.show(line);
        return matcher.matches(line);
    }

    private static SearchTerm literal(String text) {
        return new SearchTerm(text, false, false);
    }

    private static SearchTerm regex(String text) {
        return new SearchTerm(text, true, false);
    }

    @Test
    void lineContainsAllTermsAndNoneOfTheExcludedOnes() {
        var noHealth = new SearchTerm("health", false, true);
        var noCode = new SearchTerm("5\\d\\d", true, true);
        assertThat(matches("GET /orders 200", false, literal("GET"), regex("2\\d\\d$"), noHealth, noCode))
                .isTrue();
        assertThat(matches("GET /health 200", false, literal("GET"), noHealth)).isFalse();
        assertThat(matches("GET /orders 503", false, literal("GET"), noCode)).isFalse();
        assertThat(matches("anything", false)).isTrue();
        assertThat(matches("", false, literal("x"))).isFalse();
        assertThat(matches("\u001b[31mconn\u001b[0mection", false, literal("connection")))
                .isTrue();
        assertThat(matches("\u001b[31mred", false, literal("[31m"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "TimeOut, timeout, true",
        "timeout, TIMEOUT, true",
        "\u00c4PFEL, \u00e4pfel, true",
        "\u00c4PFEL, pfel, true",
        "na\u00efve, NA\u00cfVE, true",
        "other, timeout, false"
    })
    void caseIsIgnoredOnRequest(String text, String term, boolean found) {
        assertThat(matches(text, true, literal(term))).isEqualTo(found);
        assertThat(matches(text, true, regex(term))).isEqualTo(found);
        assertThat(matches(text, false, literal(term))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "a**", "[z-a]", "a(?=b)", "(a)\\1", "\\", "x{1001}"})
    void invalidExpressionIsRefusedWithItsPlace(String regex) {
        assertThatThrownBy(() -> matches("x", false, regex(regex)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("The regular expression \"" + regex + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"((a{100}){100}){100}", "(x{500}y){500}", "((((((((((x{9}){9}){9}){9}){9}){9}){9}){9}){9}){9})"})
    void hugeExpressionIsRefusedBeforeItIsCompiled(String regex) {
        assertThatThrownBy(() -> matches("x", false, regex(regex))).hasMessageContaining("too large");
    }

    @Test
    void expressionThatBacktrackingEnginesHangOnIsLinear() {
        assertThat(matches("a".repeat(20_000) + "b", false, regex("(a+)+$"))).isFalse();
        assertThat(matches("a".repeat(20_000), false, regex("(a|a)*c"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "timeout; timeout",
                "time.*outs?; time",
                "connection (reset|refused) by peer; 'connection '",
                "a|b; ''",
                "abc|def; ''",
                "x[abc]yz; yz",
                "(?i)abc; ''",
                "ab(?:cd)?ef; ab",
                "a\\.b\\.c; a.b.c",
                "\\d+ms; ms",
                "abc{2}; ab",
                "ab+c; ab",
                "[]]x; x",
                "[[:alpha:]]+foo; foo",
                "\\Qa.b\\E; ''",
                "a\\x41; ''"
            })
    void eachMatchContainsTheRequiredText(String regex, String required) {
        assertThat(RegexSyntax.required(regex)).isEqualTo(required);
    }

    /** The required text never hides a match. */
    @Test
    void randomExpressionsMatchLikeWithoutRequiredText() {
        String[] atoms = {
            "ab", "a", "b", "c", "[ab]", "(ab|c)", "(?:b)", ".", "\\.", "x?", "b*", "c+", "a{2}", "^", "$", "|"
        };
        for (int seed = 0; seed < 3_000; seed++) {
            var random = new Random(seed);
            var regex = new StringBuilder();
            for (int count = 1 + random.nextInt(5); count > 0; count--) {
                regex.append(atoms[random.nextInt(atoms.length)]);
            }
            var text = new StringBuilder();
            for (int count = random.nextInt(8); count > 0; count--) {
                text.append("abc.x".charAt(random.nextInt(5)));
            }
            boolean expected = com.google.re2j.Pattern.compile(regex.toString())
                    .matcher(text.toString())
                    .find();
            assertThat(matches(text.toString(), false, regex(regex.toString())))
                    .as("seed %d: %s in %s", seed, regex, text)
                    .isEqualTo(expected);
        }
    }
}
