package io.dockrelay.protocol.search;

import java.io.ByteArrayOutputStream;

import io.dockrelay.protocol.wire.WireJson;

/** The answer to a search over REST: one JSON object per line. Pure. */
public final class SearchLines {

    public static final String CONTENT_TYPE = "application/x-ndjson; charset=utf-8";

    private SearchLines() {}

    /** The part as lines: its hits, then its end, or else how far the search is. */
    public static byte[] write(SearchPart part) {
        var out = new ByteArrayOutputStream();
        part.hits().forEach(hit -> add(out, hit));
        add(out, part.end() == null ? part.progress() : part.end());
        return out.toByteArray();
    }

    /**
     * One line, without its newline.
     *
     * @throws java.io.UncheckedIOException when the bytes are not such JSON
     */
    public static SearchItem read(byte[] line) {
        return WireJson.read(line, SearchItem.class);
    }

    private static void add(ByteArrayOutputStream out, SearchItem item) {
        out.writeBytes(WireJson.write(item));
        out.write('\n');
    }
}
