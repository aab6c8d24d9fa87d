package io.dockrelay.controller.logs.search;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

import io.dockrelay.protocol.search.SearchFilter;
import io.dockrelay.protocol.search.SearchTerm;

/** A filter whose regular expressions are valid. Immutable: each read gets a {@link LineMatcher} of its own. */
final class CompiledFilter {

    /** The most instructions of all regular expressions together; the time for a line grows with it. */
    private static final int MAX_SIZE = 2_000;

    /** A shorter text is in too many lines to save anything. */
    private static final int SHORTEST_REQUIRED = 2;

    private final SearchFilter filter;
    private final List<Term> terms;

    /** Makes a term for one thread. */
    @FunctionalInterface
    private interface Term {
        TextTerm create(Cancellation cancellation);
    }

    /** @throws IllegalArgumentException with a sentence for the client */
    CompiledFilter(SearchFilter filter) {
        this.filter = filter;
        requireSmall(filter.terms());
        this.terms = filter.terms().stream()
                .map(term -> compiled(term, filter.ignoreCase()))
                .toList();
    }

    SearchFilter filter() {
        return filter;
    }

    /** @param cancellation ends a term's search with an exception */
    Stream<TextTerm> newTerms(Cancellation cancellation) {
        return terms.stream().map(term -> term.create(cancellation));
    }

    /** Before the first is compiled, which takes long for a large one. */
    private static void requireSmall(List<SearchTerm> terms) {
        int left = MAX_SIZE;
        for (SearchTerm term : terms) {
            left -= term.regex() ? RegexSyntax.size(term.text(), left + 1) : 0;
            if (left < 0) {
                throw new IllegalArgumentException("The regular expression \"" + term.text()
                        + "\" is too large, alone or with the others: shorten it, or repeat less in it.");
            }
        }
    }

    private static Term compiled(SearchTerm term, boolean ignoreCase) {
        boolean ascii = StandardCharsets.US_ASCII.newEncoder().canEncode(term.text());
        Term positive;
        if (term.regex()) {
            Pattern pattern = pattern(term.text(), ignoreCase);
            String required = RegexSyntax.required(term.text());
            boolean unknown = required.length() < SHORTEST_REQUIRED;
            positive = cancellation -> new RegexTerm(
                    pattern, unknown ? null : new LiteralTerm(required, ignoreCase, cancellation), cancellation);
        } else if (ignoreCase && !ascii) {
            Pattern pattern = pattern(Pattern.quote(term.text()), true);
            positive = cancellation -> new RegexTerm(pattern, null, cancellation);
        } else {
            positive = cancellation -> new LiteralTerm(term.text(), ignoreCase, cancellation);
        }
        return term.negative() ? cancellation -> positive.create(cancellation).negated() : positive;
    }

    private static Pattern pattern(String regex, boolean ignoreCase) {
        try {
            return Pattern.compile(regex, ignoreCase ? Pattern.CASE_INSENSITIVE : 0);
        } catch (PatternSyntaxException invalid) {
            throw new IllegalArgumentException(
                    "The regular expression \"" + regex + "\" is not valid: " + invalid.getDescription() + " at \""
                            + invalid.getPattern() + "\".",
                    invalid);
        }
    }
}
