package io.dockrelay.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.dockrelay.e2e.harness.Checkout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every sentence of the program, read once by a person, in {@code sentences.tsv}: a new one has to be added there. Each line
 * has a kind, the class, and the text, in which {@code …} stands for a value:
 *
 * <ul>
 *   <li>{@code mend}: the person who reads it can mend the cause, and it says how
 *   <li>{@code form}: it says which form a value must have
 *   <li>{@code state}: it says what is so; the program goes on by itself, or the cause is not in the reader's hands
 *   <li>{@code bug}: an error in this program, or in one that uses it as a library: no user meets it
 *   <li>{@code text}: no error
 * </ul>
 */
class ErrorSentencesTest {

    private static final List<String> MODULES = List.of(
            "client",
            "cluster",
            "controller-verticle",
            "deploy",
            "listener",
            "protocol",
            "record",
            "relay-verticle",
            "settings",
            "vertx-docker");

    private static final Path LIST = Checkout.root().resolve("e2e/src/test/resources/sentences.tsv");

    /** Exceptions, packages, class names and what a formatter left. */
    private static final Pattern INTERNAL = Pattern.compile("\\w(Exception|Error|Throwable)\\b"
            + "|\\b(java|javax|io|com|org)\\.[a-z]+\\."
            + "|\\b(?!WebSocket|KiB|MiB)[A-Z][a-z]+[A-Z]\\w*"
            + "|(^|: |\")null(\"|$|;|\\.)|%[sd]|\\{}|\\bat [\\w.]+\\(");

    /** The one command that a person has to enter with a class name. */
    private static final String COMMAND =
            "java -cp dockrelay.jar:dockrelay-cluster.jar io.dockrelay.deploy.Main … --cluster";

    /** Words of a next step. */
    private static final Pattern NEXT_STEP = Pattern.compile(
            "\\b(must|needs?|only|use|set|write|choose|try|retry|start|stop|add|name|pass|see|check|put|run|build|"
                    + "create|update|close|unpause|let|give|subscribe|allow|sign|has to be)\\b",
            Pattern.CASE_INSENSITIVE);

    @Test
    void everySentenceIsInTheList() throws IOException {
        List<Path> sources = MODULES.stream()
                .map(module -> Checkout.root().resolve(module + "/src/main/java"))
                .toList();
        Set<String> inCode = SourceTexts.below(sources);
        Set<String> listed = lines().map(line -> line.substring(line.indexOf('\t') + 1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(difference(inCode, listed))
                .as("read these sentences, and add each to %s with its kind", LIST)
                .isEmpty();
        assertThat(difference(listed, inCode))
                .as("remove these from %s: they are not in the code", LIST)
                .isEmpty();
    }

    @Test
    void sentencesForPeopleHaveNoInternalNames() throws IOException {
        assertThat(texts("mend", "form", "state"))
                .isNotEmpty()
                .allSatisfy(text -> assertThat(
                                INTERNAL.matcher(text.replace(COMMAND, "")).results())
                        .as(text)
                        .isEmpty());
    }

    @Test
    void whatAPersonCanMendSaysHow() throws IOException {
        assertThat(texts("mend"))
                .isNotEmpty()
                .allSatisfy(text ->
                        assertThat(NEXT_STEP.matcher(text).find()).as(text).isTrue());
    }

    @Test
    void everyLineHasAKind() throws IOException {
        assertThat(lines()).allMatch(line -> line.matches("(mend|form|state|bug|text)\\t\\w+\\t.+"));
    }

    private static List<String> texts(String... kinds) throws IOException {
        return lines().map(line -> line.split("\t", 3))
                .filter(columns -> List.of(kinds).contains(columns[0]))
                .map(columns -> columns[2])
                .toList();
    }

    private static Stream<String> lines() throws IOException {
        return Files.readAllLines(LIST).stream().filter(line -> !line.startsWith("#"));
    }

    private static Set<String> difference(Set<String> all, Set<String> without) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(without);
        return rest;
    }
}
