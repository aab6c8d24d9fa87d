package io.dockrelay.relay.signin;

import java.util.Optional;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.listener.Authentication;
import io.dockrelay.listener.ClientAddress;
import io.dockrelay.listener.ClientSocket;
import io.dockrelay.listener.LocalRequest;
import io.dockrelay.protocol.rights.Principal;
import io.dockrelay.settings.NetworkTrust;
import io.dockrelay.settings.RelaySettings;
import io.dockrelay.settings.SignInSettings;

/**
 * Without sign-in: the clients of this machine have all rights, or with {@code trustNetwork} every client. A request that a
 * proxy on this machine has passed on is not of this machine.
 */
final class NoSignIn implements SignIn, Authentication {

    private static final Logger LOG = LoggerFactory.getLogger(NoSignIn.class);

    private final SignInSettings.None settings;
    private final ClientAddress addresses;
    private final PagePaths paths;
    private final String listen;

    NoSignIn(SignInSettings.None settings, RelaySettings all) {
        this.settings = settings;
        this.addresses = new ClientAddress(all.access());
        this.paths = new PagePaths(all.pathPrefix());
        this.listen = all.listen().host();
    }

    @Override
    public Future<Void> start() {
        switch (settings.trust()) {
            case NO -> LOG.debug("[sign-in] none: every client of this machine has all rights");
            case PUBLISHED ->
                LOG.warn(
                        "[sign-in] {} is published: every client that reaches {} or the published port, and every container"
                                + " in this one's networks, can read all logs and stop all containers. Outside a container"
                                + " that is every machine that can connect to this address. {} users requires sign-in.",
                        settings.trustSetting(),
                        listen,
                        settings.signInSetting());
            case YES ->
                LOG.warn(
                        "[sign-in] {} is true: every client that reaches the port, directly or through a proxy, can read"
                                + " all logs and stop all containers. {} users requires sign-in.",
                        settings.trustSetting(),
                        settings.signInSetting());
        }
        return Future.succeededFuture();
    }

    @Override
    public Authentication authentication() {
        return this;
    }

    @Override
    public Future<Principal> admit(HttpServerRequest request) {
        Optional<String> trace = trace(request);
        return trace.isPresent()
                ? Future.failedFuture(new NotAdmitted(403, notLocal(trace.get())))
                : Future.succeededFuture(Principal.anyone(addresses.of(request)));
    }

    @Override
    public boolean isOpen(HttpServerRequest request) {
        return paths.isPage(request);
    }

    @Override
    public boolean admits(HttpServerRequest request) {
        return trace(request).isEmpty();
    }

    @Override
    public void mount(Router router) {}

    @Override
    public void opened(int port) {}

    @Override
    public boolean entered(ClientSocket socket) {
        return true;
    }

    @Override
    public SessionState state(HttpServerRequest request) {
        return SessionState.WITHOUT_SIGN_IN;
    }

    @Override
    public void close() {}

    private Optional<String> trace(HttpServerRequest request) {
        return settings.trust() == NetworkTrust.YES ? Optional.empty() : LocalRequest.trace(request);
    }

    private String notLocal(String trace) {
        return "Without sign-in only clients of this machine are allowed, and " + trace
                + " shows that the request comes through a proxy or a forwarded port. Set " + settings.signInSetting()
                + " to users, or " + settings.trustSetting()
                + " to true if every client that reaches the proxy may read all logs and stop all containers.";
    }
}
