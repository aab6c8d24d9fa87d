package io.dockrelay.listener;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.dockrelay.listener.AccessDecision.Allowed;
import io.dockrelay.listener.AccessDecision.Refused;
import io.dockrelay.settings.AccessSettings;

/** Decides which requests are allowed. Any web page can send requests to loopback, and by rebinding its own DNS name it can
 * even read the answers; binding to loopback prevents neither. So this check applies to every request, including handshakes
 * and GETs:
 *
 * <ul>
 *   <li>Host must be a loopback name, an IP address or a listed name, at any port. A rebound page's Host is the page's
 *       own name, which is none of these.
 *   <li>Origin, if there is one, must have the same host and port, or be listed. Programs send none and are allowed.
 * </ul>
 * <p>Host and Origin are compared as the browser sends them. A proxy must pass the browser's Host with its port. Where it
 * reports them in other headers ({@link Forwarding}), these are used if the settings trust the proxy's address: any client
 * can send them. {@code localhost} and {@code 127.0.0.1} are different hosts.
 * {@code Origin: null} (a sandboxed frame, a file) has no known origin and is refused.
 *
 * <p>Pure and immutable; for any thread.
 */
public final class AccessCheck {

    private static final AccessDecision ALLOWED = new Allowed();
    private static final int LONGEST_SHOWN = 100;
    private static final String PASS_HOST =
            "A proxy must pass the browser's Host (nginx: proxy_set_header Host $http_host).";

    private final AccessSettings settings;
    private final TrustedProxies proxies;

    public AccessCheck(AccessSettings settings) {
        this.settings = settings;
        this.proxies = new TrustedProxies(settings.proxies());
    }

    public AccessDecision check(AccessRequest request) {
        return check(request, true);
    }

    /**
     * The same without the Origin: for files that are the same for every client. Answers to other origins stay unreadable
     * there, because browsers require a header for that, which this program never sends.
     */
    AccessDecision checkHost(AccessRequest request) {
        return check(request, false);
    }

    /** The same for the health, which a load balancer asks for in HTTP/1.0 without a Host. A browser always sends one. */
    AccessDecision checkHealth(AccessRequest request) {
        return request.hosts().isEmpty() && request.origins().isEmpty() ? ALLOWED : check(request);
    }

    private AccessDecision check(AccessRequest request, boolean withOrigin) {
        if (!request.target().startsWith("/")) {
            return new Refused(400, "The request target must be a path: this server is no proxy.");
        }
        if (request.hosts().size() != 1) {
            return new Refused(400, "A request must have exactly one Host header.");
        }
        boolean trusted = proxies.contains(request.forwarding().peer());
        String header = request.hosts().getFirst().strip();
        String authority = trusted ? request.forwarding().authority(header) : header;
        Optional<Authority> host = Authority.of(authority);
        if (host.isEmpty()) {
            return new Refused(400, "Host " + shown(authority) + " is not a host with an optional port.");
        }
        if (!isOwnName(host.get().host())) {
            return refusedHost(host.get().host(), notTrusted(request.forwarding(), trusted));
        }
        return withOrigin && !isAllowed(request, host.get(), trusted)
                ? refusedOrigin(request.origins(), authority, notTrusted(request.forwarding(), trusted))
                : ALLOWED;
    }

    private boolean isOwnName(HostName host) {
        return host.isLoopbackName() || host.address() || settings.hosts().contains(host.name());
    }

    private boolean isAllowed(AccessRequest request, Authority host, boolean trusted) {
        if (request.origins().isEmpty()) {
            return true;
        }
        if (request.origins().size() > 1) {
            return false;
        }
        String origin = request.origins().getFirst().strip();
        String scheme = trusted ? request.forwarding().scheme() : null;
        return settings.origins().contains(origin.toLowerCase(Locale.ROOT))
                || WebOrigin.of(origin)
                        .filter(page -> page.isServedAt(host))
                        .filter(page -> scheme == null || scheme.equalsIgnoreCase(page.scheme()))
                        .isPresent();
    }

    private AccessDecision refusedHost(HostName host, String notTrusted) {
        return new Refused(
                403,
                "Host " + shown(host.name()) + " is not a name of this program. To allow this name, add it to "
                        + settings.hostsSetting() + ". " + PASS_HOST + notTrusted);
    }

    private AccessDecision refusedOrigin(List<String> origins, String authority, String notTrusted) {
        if (origins.size() > 1) {
            return new Refused(400, "A request must not have more than one Origin header.");
        }
        return new Refused(
                403,
                "Origin " + shown(origins.getFirst().strip()) + " is not of host " + shown(authority) + ". " + PASS_HOST
                        + notTrusted + " To allow this origin, add it to " + settings.originsSetting() + ".");
    }

    /** Why the headers of a proxy were not used; empty when there are none, or they were. */
    private String notTrusted(Forwarding forwarding, boolean trusted) {
        return trusted || forwarding.isEmpty()
                ? ""
                : " Its X-Forwarded headers are not used, because " + forwarding.peer() + " is not in "
                        + settings.proxiesSetting() + ".";
    }

    /** The client's text for a message: printable, on one line, and shortened. */
    private static String shown(String text) {
        String clean = text.replaceAll("[^\\x21-\\x7e]", "?");
        return clean.length() <= LONGEST_SHOWN ? clean : clean.substring(0, LONGEST_SHOWN) + "…";
    }
}
