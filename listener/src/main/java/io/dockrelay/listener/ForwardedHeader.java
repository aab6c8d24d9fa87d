package io.dockrelay.listener;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.vertx.core.MultiMap;

/** The header {@code Forwarded} of RFC 7239. Pure. */
final class ForwardedHeader {

    /** {@code name=token} or {@code name="quoted"}, and what separates it from the next pair. */
    private static final Pattern PAIR = Pattern.compile(
            "\\s*([A-Za-z0-9!#$%&'*+.^_`|~-]+)=(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s\",;]*+))\\s*([,;]|$)");

    private static final Hop UNKNOWN = new Hop(null, null, null);

    /**
     * What one proxy reports; each part is null when it is missing.
     *
     * @param address {@code for}, possibly with a port, or a name that hides the address
     */
    record Hop(String address, String host, String scheme) {}

    private ForwardedHeader() {}

    /** The reports in their order, the nearest proxy's last; a header that is not of the RFC's form is one without any part. */
    static List<Hop> hops(MultiMap headers) {
        List<Hop> hops = new ArrayList<>();
        headers.getAll("Forwarded").forEach(value -> hops.addAll(parse(value)));
        return hops.isEmpty() ? List.of(UNKNOWN) : hops;
    }

    private static List<Hop> parse(String value) {
        List<Hop> hops = new ArrayList<>();
        Map<String, String> pairs = new TreeMap<>();
        Matcher pair = PAIR.matcher(value);
        int at = 0;
        while (at < value.length()) {
            if (!pair.region(at, value.length()).lookingAt()) {
                return List.of(UNKNOWN);
            }
            String text = pair.group(2) == null ? pair.group(3) : pair.group(2).replaceAll("\\\\(.)", "$1");
            pairs.put(pair.group(1).toLowerCase(Locale.ROOT), text);
            if (!pair.group(4).equals(";")) {
                hops.add(hop(pairs));
                pairs.clear();
            }
            at = pair.end();
        }
        return pairs.isEmpty() ? hops : List.of(UNKNOWN);
    }

    private static Hop hop(Map<String, String> pairs) {
        return new Hop(pairs.get("for"), pairs.get("host"), pairs.get("proto"));
    }
}
