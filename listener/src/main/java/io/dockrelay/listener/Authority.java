package io.dockrelay.listener;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A host with an optional port: the value of a Host header, and an Origin after its scheme. Pure.
 *
 * @param port empty when it is omitted, which means the default port of the scheme
 */
record Authority(HostName host, OptionalInt port) {

    /** {@code host}, {@code host:port}, {@code [v6]}, {@code [v6]:port}; RFC 3986 allows an empty port. */
    private static final Pattern FORM = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::(\\d{0,5}))?");

    private static final int HIGHEST_PORT = 65_535;

    /** Empty when the text is not a host with an optional port: it has a user, a blank, or a port above 65535. */
    static Optional<Authority> of(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        OptionalInt port = port(parts.group(2));
        return port.isPresent() && port.getAsInt() > HIGHEST_PORT
                ? Optional.empty()
                : HostName.of(parts.group(1)).map(host -> new Authority(host, port));
    }

    private static OptionalInt port(String digits) {
        return digits == null || digits.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(digits));
    }
}
