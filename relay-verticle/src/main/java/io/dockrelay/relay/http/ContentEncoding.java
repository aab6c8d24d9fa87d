package io.dockrelay.relay.http;

import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The forms in which a file is kept, best first. */
enum ContentEncoding {
    BROTLI("br", ".br", "-br"),
    GZIP("gzip", ".gz", "-gz"),
    IDENTITY("identity", "", "");

    private final String token;
    private final String suffix;
    private final String etagSuffix;

    ContentEncoding(String token, String suffix, String etagSuffix) {
        this.token = token;
        this.suffix = suffix;
        this.etagSuffix = etagSuffix;
    }

    /** As HTTP names it. */
    String token() {
        return token;
    }

    /** Of the file's name in the jar. */
    String suffix() {
        return suffix;
    }

    /** So that each form has an ETag of its own. */
    String etagSuffix() {
        return etagSuffix;
    }

    /**
     * The best of these that the client takes; one that takes none of them gets the file as it is.
     *
     * @param accepted the {@code Accept-Encoding} header; null when there is none
     */
    static ContentEncoding best(String accepted, Collection<ContentEncoding> available) {
        Map<String, Boolean> taken = taken(accepted == null ? "" : accepted);
        for (ContentEncoding encoding : values()) {
            boolean welcome = taken.getOrDefault(encoding.token, taken.getOrDefault("*", false));
            if (welcome && encoding != IDENTITY && available.contains(encoding)) {
                return encoding;
            }
        }
        return IDENTITY;
    }

    /** What the header names, and whether it is wanted: {@code q=0} says that it is not. */
    private static Map<String, Boolean> taken(String accepted) {
        Map<String, Boolean> taken = new HashMap<>();
        for (String part : accepted.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] pieces = part.split(";", -1);
            boolean wanted = true;
            for (int i = 1; i < pieces.length; i++) {
                wanted &= !pieces[i].strip().matches("q\\s*=\\s*0(\\.0*)?");
            }
            taken.put(pieces[0].strip(), wanted);
        }
        return taken;
    }
}
