package io.dockrelay.deploy.doctor;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The address of a page, and what a browser makes of it. Pure. */
record PageAddress(URI url) {

    private static final Pattern BASE = Pattern.compile("<base\\s+href=\"([^\"]*)\"");

    /** Empty if the text is no address with http or https and a host. */
    static Optional<PageAddress> parse(String text) {
        try {
            URI url = URI.create(text.contains("://") ? text : "http://" + text);
            boolean web = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            if (!web || url.getHost() == null || url.getRawUserInfo() != null) {
                return Optional.empty();
            }
            return Optional.of(new PageAddress(withPath(url)));
        } catch (IllegalArgumentException invalid) {
            return Optional.empty();
        }
    }

    /** As a browser sends it in Origin. */
    String origin() {
        int port = url.getPort();
        boolean standard = port < 0 || port == (isTls() ? 443 : 80);
        String address = url.getScheme() + "://" + url.getHost() + (standard ? "" : ":" + port);
        return address.toLowerCase(Locale.ROOT);
    }

    boolean isTls() {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    /** Whether a secret for this address may be sent to that one: the same origin, or the same host with TLS in place of none. */
    boolean mayShareWith(URI other) {
        var that = new PageAddress(other);
        boolean sameHost = url.getHost().equalsIgnoreCase(other.getHost());
        return sameHost && (origin().equals(that.origin()) || (that.isTls() && !isTls()));
    }

    /** Where the browser goes after a redirection to this location; empty if that is no address of a page. */
    Optional<PageAddress> redirected(String location) {
        try {
            return parse(url.resolve(location).toString());
        } catch (IllegalArgumentException invalid) {
            return Optional.empty();
        }
    }

    /** The address that relative addresses in this page belong to. */
    PageAddress base(String html) {
        Matcher base = BASE.matcher(html);
        return base.find() ? new PageAddress(url.resolve(base.group(1))) : this;
    }

    /** Of a file, or of the REST interface. */
    URI resolve(String relative) {
        return url.resolve(relative);
    }

    private static URI withPath(URI url) {
        return url.getRawPath().isEmpty() ? url.resolve("/") : url;
    }
}
