package io.dockrelay.protocol.search;

import java.util.List;

/**
 * A part of what a search finds.
 *
 * @param hits those found since the last part, in the order of the search; they may be none
 * @param progress never null
 * @param end null while the search goes on; there is nothing left to pull or to close after it
 */
public record SearchPart(List<SearchItem.Hit> hits, SearchItem.Progress progress, SearchItem.End end) {

    public SearchPart {
        hits = List.copyOf(hits);
    }

    /** Nothing has been found. */
    public static SearchPart none(SearchItem.Progress progress) {
        return new SearchPart(List.of(), progress, null);
    }
}
