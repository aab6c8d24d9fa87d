package io.dockrelay.relay.http;

import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The encodings of a stored file, best first. */
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

    /** HTTP's name of the encoding. */
    String token() {
        return token;
    }

    /** Suffix of the file's name in the jar. */
    String suffix() {
        return suffix;
    }

    /** Makes the ETag of each encoding different. */
    String etagSuffix() {
        return etagSuffix;
    }

    /**
     * The best available encoding that the client accepts, or the plain file.
     *
     * @param accepted the {@code Accept-Encoding} header; null when there is none
     */
    static ContentEncoding best(String accepted, Collection<ContentEncoding> available) {
        Map<String, Boolean> accepts = accepts(accepted == null ? "" : accepted);
        for (ContentEncoding encoding : values()) {
            boolean usable = accepts.getOrDefault(encoding.token, accepts.getOrDefault("*", false));
            if (usable && encoding != IDENTITY && available.contains(encoding)) {
                return encoding;
            }
        }
        return IDENTITY;
    }

    /** The encodings that the header names, and whether each is accepted: {@code q=0} means that it is not. */
    private static Map<String, Boolean> accepts(String accepted) {
        Map<String, Boolean> accepts = new HashMap<>();
        for (String part : accepted.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] pieces = part.split(";", -1);
            boolean wanted = true;
            for (int i = 1; i < pieces.length; i++) {
                wanted &= !pieces[i].strip().matches("q\\s*=\\s*0(\\.0*)?");
            }
            accepts.put(pieces[0].strip(), wanted);
        }
        return accepts;
    }
}
