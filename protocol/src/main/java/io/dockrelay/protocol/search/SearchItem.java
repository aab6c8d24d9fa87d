package io.dockrelay.protocol.search;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** One line of the answer to a search. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", defaultImpl = SearchItem.Unrecognised.class)
@JsonSubTypes({
    @JsonSubTypes.Type(value = SearchItem.Hit.class, name = "hit"),
    @JsonSubTypes.Type(value = SearchItem.Progress.class, name = "progress"),
    @JsonSubTypes.Type(value = SearchItem.End.class, name = "end")
})
public sealed interface SearchItem {

    /** Bytes of a line that are sent. */
    int MAX_TEXT_BYTES = 4096;

    /**
     * A line that was found.
     *
     * @param controller null between a controller and its clients
     * @param container the container's name
     * @param id the container's, 12 hex digits
     * @param timestamp with nine digits
     * @param stream {@code stdout} or {@code stderr}
     * @param level null unless levels were asked for
     * @param text at most {@link #MAX_TEXT_BYTES} of the line
     * @param cut true when the text is shorter than the line; null otherwise
     * @param order the latest timestamp of its log up to this line, by which several logs are merged; null when it is the
     *     line's own
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Hit(
            String controller,
            String container,
            String id,
            String timestamp,
            String stream,
            LineLevel level,
            String text,
            Boolean cut,
            String cursor,
            String order)
            implements SearchItem {

        /** The timestamp by which several logs are merged. */
        String key() {
            return order == null ? timestamp : order;
        }

        /** Where a search continues that ended with this hit. */
        SearchPosition position() {
            return new SearchPosition(key(), cursor);
        }

        /** The same hit, of this controller. */
        public Hit of(String replacement) {
            return new Hit(replacement, container, id, timestamp, stream, level, text, cut, cursor, order);
        }
    }

    /**
     * How far a search is.
     *
     * @param lines read, within the bounds of the search
     * @param bytes read from the engine
     * @param hits found, sent or not
     * @param reached everything between the beginning of the search and this time is searched, and its hits are sent; null
     *     while that is nothing
     * @param at time of the line that is being read; null before the first
     */
    record Progress(long lines, long bytes, long hits, String reached, String at) implements SearchItem {

        public static final Progress NONE = new Progress(0, 0, 0, null, null);
    }

    /**
     * The end of a search.
     *
     * @param complete whether all lines within the bounds were read, so that {@code hits} is the number of all
     * @param lines read, within the bounds of the search
     * @param bytes read from the engine
     * @param hits found, sent or not
     * @param next where the same search continues; null when all hits were sent
     * @param failed the logs that could not be searched to their end
     */
    record End(boolean complete, long lines, long bytes, long hits, SearchPosition next, List<SearchFailure> failed)
            implements SearchItem {

        public End {
            failed = failed == null ? List.of() : List.copyOf(failed);
        }
    }

    /** A line of a later version. */
    record Unrecognised() implements SearchItem {}
}
