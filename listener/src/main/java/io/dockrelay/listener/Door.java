package io.dockrelay.listener;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.dockrelay.listener.Verdict.Allowed;
import io.dockrelay.listener.Verdict.Refused;
import io.dockrelay.settings.DoorSettings;

/**
 * Decides which requests may come in. Any web page can send requests to loopback, and by rebinding a DNS name of its own
 * it can even read the answers; binding to loopback keeps neither out. So, for every request, handshakes and GETs
 * included:
 *
 * <ul>
 *   <li>Host must be a loopback name, an IP address or a listed name, at any port. A rebound page's Host is the page's
 *       own name, which is none of these.
 *   <li>Origin, where there is one, must be of that same host and port, or listed. Programs send none and are welcome.
 * </ul>
 *
 * <p>Host and Origin are compared as the browser sends them. A proxy has to pass the browser's Host with its port: what it
 * says in other headers, any client could say. {@code localhost} and {@code 127.0.0.1} are two hosts. {@code Origin: null}
 * (a sandboxed frame, a file) could be anyone and is refused.
 *
 * <p>Pure and immutable; for any thread.
 */
public final class Door {

    private static final Verdict ALLOWED = new Allowed();
    private static final int LONGEST_SHOWN = 100;

    private final DoorSettings settings;

    public Door(DoorSettings settings) {
        this.settings = settings;
    }

    public Verdict judge(Knock knock) {
        if (!knock.target().startsWith("/")) {
            return new Refused(400, "The request target must be a path: this is no proxy.");
        }
        if (knock.hosts().size() != 1) {
            return new Refused(400, "A request must have exactly one Host header.");
        }
        String authority = knock.hosts().getFirst().strip();
        Optional<Authority> host = Authority.of(authority);
        if (host.isEmpty()) {
            return new Refused(400, "Host " + shown(authority) + " is not a host with perhaps a port.");
        }
        return mayBeCalled(host.get().host())
                ? judgeOrigin(knock.origins(), host.get(), authority)
                : refusedHost(host.get().host());
    }

    private boolean mayBeCalled(HostName host) {
        return host.isLoopbackName() || host.address() || settings.hosts().contains(host.name());
    }

    private Verdict judgeOrigin(List<String> origins, Authority host, String authority) {
        if (origins.isEmpty()) {
            return ALLOWED;
        }
        if (origins.size() > 1) {
            return new Refused(400, "A request must not have more than one Origin header.");
        }
        String origin = origins.getFirst().strip();
        boolean listed = settings.origins().contains(origin.toLowerCase(Locale.ROOT));
        boolean same =
                WebOrigin.of(origin).filter(page -> page.isServedAt(host)).isPresent();
        return listed || same ? ALLOWED : refusedOrigin(origin, authority);
    }

    private Verdict refusedHost(HostName host) {
        return new Refused(
                403,
                "Host " + shown(host.name()) + " is not a name of this program. If it should be, add it to "
                        + settings.hostsSetting() + ".");
    }

    private Verdict refusedOrigin(String origin, String authority) {
        return new Refused(
                403,
                "Origin " + shown(origin) + " is not of host " + shown(authority)
                        + ". A proxy must pass the browser's Host (nginx: proxy_set_header Host $http_host)."
                        + " To let this origin in, add it to " + settings.originsSetting() + ".");
    }

    /** Text of the client in a sentence of ours: one line, and not a long one. */
    private static String shown(String text) {
        String clean = text.replaceAll("[^\\x21-\\x7e]", "?");
        return clean.length() <= LONGEST_SHOWN ? clean : clean.substring(0, LONGEST_SHOWN) + "…";
    }
}
