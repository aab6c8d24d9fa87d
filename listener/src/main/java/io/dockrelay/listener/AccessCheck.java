package io.dockrelay.listener;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.dockrelay.listener.AccessDecision.Allowed;
import io.dockrelay.listener.AccessDecision.Refused;
import io.dockrelay.settings.AccessSettings;

/**
 * Decides who may come in. Any web page can send requests to loopback, and by rebinding a DNS name of its own it can
 * even read the answers; binding to loopback keeps neither out. So, for every request, handshakes and GETs included:
 *
 * <ul>
 *   <li>Host must be a loopback name, an IP address or a listed name, at any port. A rebound page's Host is the page's
 *       own name, which is none of these.
 *   <li>Origin, where there is one, must be of that same host or listed. Programs send none and are welcome.
 * </ul>
 *
 * <p>"Of that same host" compares hosts, not ports or schemes: a proxy that ends TLS or maps ports changes both, and
 * who serves pages from a port of that host is already on it. {@code localhost} and {@code 127.0.0.1} are two hosts.
 * {@code Origin: null} (a sandboxed frame, a file) could be anyone and is refused.
 *
 * <p>Pure and immutable; for any thread.
 */
public final class AccessCheck {

    private static final AccessDecision ALLOWED = new Allowed();
    private static final int LONGEST_SHOWN = 100;

    private final AccessSettings settings;

    public AccessCheck(AccessSettings settings) {
        this.settings = settings;
    }

    public AccessDecision judge(AccessRequest knock) {
        if (!knock.target().startsWith("/")) {
            return new Refused(400, "The request target must be a path: this is no proxy.");
        }
        if (knock.hosts().size() != 1) {
            return new Refused(400, "A request must have exactly one Host header.");
        }
        String authority = knock.hosts().getFirst().strip();
        Optional<HostName> host = HostName.ofAuthority(authority);
        if (host.isEmpty()) {
            return new Refused(400, "Host " + shown(authority) + " is not a host with perhaps a port.");
        }
        return mayBeCalled(host.get()) ? judgeOrigin(knock.origins(), host.get()) : refusedHost(host.get());
    }

    private boolean mayBeCalled(HostName host) {
        return host.isLoopbackName() || host.address() || settings.hosts().contains(host.name());
    }

    private AccessDecision judgeOrigin(List<String> origins, HostName host) {
        if (origins.isEmpty()) {
            return ALLOWED;
        }
        if (origins.size() > 1) {
            return new Refused(400, "A request must not have more than one Origin header.");
        }
        String origin = origins.getFirst().strip();
        boolean listed = settings.origins().contains(origin.toLowerCase(Locale.ROOT));
        return listed || isOf(origin, host) ? ALLOWED : refusedOrigin(origin, host);
    }

    private static boolean isOf(String origin, HostName host) {
        String lower = origin.toLowerCase(Locale.ROOT);
        int slashes = lower.indexOf("://");
        if (slashes < 0 || !(lower.startsWith("http://") || lower.startsWith("https://"))) {
            return false;
        }
        return HostName.ofAuthority(lower.substring(slashes + 3)).equals(Optional.of(host));
    }

    private AccessDecision refusedHost(HostName host) {
        return new Refused(
                403,
                "Host " + shown(host.name()) + " is not a name of this program. If it should be, add it to "
                        + settings.hostsSetting() + ".");
    }

    private AccessDecision refusedOrigin(String origin, HostName host) {
        return new Refused(
                403,
                "Origin " + shown(origin) + " is not of host " + shown(host.name())
                        + ". If its pages may use this program, add it to " + settings.originsSetting() + ".");
    }

    /** Somebody else's text in our sentence: one line, and not a long one. */
    private static String shown(String text) {
        String clean = text.replaceAll("[^\\x21-\\x7e]", "?");
        return clean.length() <= LONGEST_SHOWN ? clean : clean.substring(0, LONGEST_SHOWN) + "…";
    }
}
