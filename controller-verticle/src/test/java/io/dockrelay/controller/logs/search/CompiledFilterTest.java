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
            strings = {
                "((a{100}){100}){100}",
                "(x{500}y){500}",
                "((((((((((x{9}){9}){9}){9}){9}){9}){9}){9}){9}){9})",
                "\\Q)\\E(((a{1000}){1000}){1000})",
                "\\Q[\\E(((a{1000}){1000}){1000})",
                "\\Q(\\E(((a{1000}){1000}){1000})",
                "(\\Q)\\E((a{1000}){1000}){1000})",
                "a{100}\\Q\\E{100}\\Q\\E{100}",
                "a{100}(?i){100}(?i-s){100}",
                "(a{100})*(?i){100}",
                "\\x{2028}{1000}\\p{Greek}{1000}\\P{Greek}"
            })
    void hugeExpressionIsRefusedBeforeItIsCompiled(String regex) {
        assertThatThrownBy(() -> matches("x", false, regex(regex))).hasMessageContaining("too large");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\Q)[({1000}\\E",
                "\\Q)",
                "\\Qabc\\E{600}",
                "\\x{2028}|\\x{10ffff}{3}",
                "\\p{Greek}{3}\\P{Latin}\\pL{3}",
                "(?i)a{900}(?:b|c){100}"
            })
    void smallExpressionIsCompiled(String regex) {
        assertThat(matches("-", false, regex(regex))).isFalse();
    }

    @Test
    void sizeIsLimitedForAllTermsTogether() {
        SearchTerm half = regex("a{999}");
        SearchTerm plain = literal("\u00e9".repeat(1_000));
        assertThat(matches("x", true, half, half, plain, plain, plain)).isFalse();
        assertThatThrownBy(() -> matches("x", false, half, half, regex("a|b")))
                .hasMessageContaining("\"a|b\" is too large, alone or with the others");
    }

    /** The number of instructions is never much larger than what was estimated before they were made. */
    @Test
    void sizeOfRandomExpressionsIsEstimated() {
        String[] atoms = {
            "a",
            "(",
            "(",
            "(?:",
            ")",
            ")",
            "\\Q",
            "\\E",
            "\\Q\\E",
            "\\Q)\\E",
            "\\Q[\\E",
            "(?i)",
            "[",
            "]",
            "[a-c]",
            "[]]",
            "\\x{41}",
            "\\p{Greek}",
            "\\",
            "{7}",
            "{7}",
            "{7}",
            "{0,7}",
            "{",
            "}",
            "*",
            "+?",
            "|",
            "^"
        };
        for (int seed = 0; seed < 20_000; seed++) {
            var random = new Random(seed);
            var regex = new StringBuilder();
            for (int count = 1 + random.nextInt(12); count > 0; count--) {
                regex.append(atoms[random.nextInt(atoms.length)]);
            }
            int estimated = RegexSyntax.size(regex.toString(), 2_000);
            if (estimated < 2_000) {
                assertThat(instructions(regex.toString()))
                        .as("seed %d: %s", seed, regex)
                        .isLessThanOrEqualTo(4 * estimated + 4);
            }
        }
    }

    /** 0 for an expression that is not valid. */
    private static int instructions(String regex) {
        try {
            return com.google.re2j.Pattern.compile(regex).programSize();
        } catch (com.google.re2j.PatternSyntaxException invalid) {
            return 0;
        }
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
                "b{2,}ac{,3}; ac{,3",
                "a{x|y}barbaz; ''",
                "{(?i)}abc; ''",
                "a{xyz}(b)c; a{xyz",
                "(\\Q[\\E)|(]x)abc; ''",
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
            "ab", "a", "b", "c", "[ab]", "(ab|c)", "(?:b)", ".", "\\.", "x?", "b*", "c+", "a{2}", "^", "$", "|", "{",
            "}", "(?i)"
        };
        for (int seed = 0; seed < 3_000; seed++) {
            var random = new Random(seed);
            var regex = new StringBuilder();
            for (int count = 1 + random.nextInt(5); count > 0; count--) {
                regex.append(atoms[random.nextInt(atoms.length)]);
            }
            var text = new StringBuilder();
            for (int count = random.nextInt(8); count > 0; count--) {
                text.append("abcabc.xA{}".charAt(random.nextInt(11)));
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
