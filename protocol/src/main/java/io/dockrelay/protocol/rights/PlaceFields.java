package io.dockrelay.protocol.rights;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A place as it is written in JSON and shown: lists of patterns, as in the grants file. Null for an absent field, which limits
 * nothing. Immutable.
 *
 * @param label {@code name=value}, or {@code name} for any value
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlaceFields(
        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<String> host,

        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<String> project,

        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<String> service,

        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<String> label) {

    private static final int MOST_PATTERNS = 50;

    private static final int LONGEST_PATTERN = 256;

    /** Control characters, and those that hide or reorder other ones: in a list they would forge what it shows. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

    public static PlaceFields of(Place place) {
        return new PlaceFields(
                texts(place.hosts(), NamePattern::text),
                texts(place.projects(), NamePattern::text),
                texts(place.services(), NamePattern::text),
                texts(place.labels(), LabelPattern::text));
    }

    /** Throws {@link IllegalArgumentException}, with a sentence. */
    public Place place() {
        return new Place(
                patterns("host", host, NamePattern::new),
                patterns("project", project, NamePattern::new),
                patterns("service", service, NamePattern::new),
                patterns("label", label, LabelPattern::of));
    }

    private static <P> List<String> texts(Collection<P> patterns, Function<P, String> text) {
        return patterns.isEmpty() ? null : patterns.stream().map(text).sorted().toList();
    }

    /** An empty list looks as if it allowed nothing, so it is refused. */
    private static <P> Set<P> patterns(String field, List<String> texts, Function<String, P> pattern) {
        if (texts == null) {
            return Set.of();
        }
        if (texts.isEmpty() || texts.size() > MOST_PATTERNS) {
            throw new IllegalArgumentException(
                    "The place's " + field + " must have 1 to " + MOST_PATTERNS + " patterns; leave it out for all.");
        }
        for (String text : texts) {
            if (text == null
                    || text.isBlank()
                    || text.length() > LONGEST_PATTERN
                    || INVISIBLE.matcher(text).find()) {
                throw new IllegalArgumentException("A pattern of the place's " + field + " must have 1 to "
                        + LONGEST_PATTERN + " characters, none of them a control character.");
            }
        }
        return texts.stream().map(pattern).collect(Collectors.toUnmodifiableSet());
    }
}
