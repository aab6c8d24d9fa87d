package io.dockrelay.relay.signin;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;

import io.dockrelay.listener.Authentication;
import io.dockrelay.listener.ClientSocket;
import io.dockrelay.listener.JsonAnswers;
import io.dockrelay.protocol.rights.Principal;
import io.dockrelay.relay.signin.tokens.TokenMaker;

/**
 * Several ways to sign in at one relay. A client is the one as whom the first way admits it: a proxy's word of now counts more
 * than a cookie. The names of the ways' users differ: a name of the users file is refused elsewhere.
 */
final class CombinedSignIn implements SignIn, Authentication {

    private final Optional<UserSignIn> users;
    private final Optional<OidcSignIn> oidc;
    private final Optional<ProxySignIn> proxy;
    private final List<SignIn> ways;
    private final String names;

    /** @param oidc or the proxy is there */
    CombinedSignIn(Optional<UserSignIn> users, Optional<OidcSignIn> oidc, Optional<ProxySignIn> proxy) {
        this.users = users;
        this.oidc = oidc;
        this.proxy = proxy;
        this.ways = Stream.<Optional<? extends SignIn>>of(proxy, oidc, users)
                .flatMap(Optional::stream)
                .<SignIn>map(way -> way)
                .toList();
        this.names = Stream.of(
                        users.map(way -> SessionState.USERS),
                        oidc.map(way -> SessionState.OIDC),
                        proxy.map(way -> SessionState.PROXY))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("+"));
    }

    @Override
    public Future<Void> start() {
        Future<Void> started = Future.succeededFuture();
        for (SignIn way : ways.reversed()) {
            started = started.compose(before -> way.start());
        }
        return started;
    }

    @Override
    public Authentication authentication() {
        return this;
    }

    @Override
    public void clean(HttpServerRequest request) {
        ways.forEach(way -> way.authentication().clean(request));
    }

    @Override
    public Future<Principal> admit(HttpServerRequest request) {
        Optional<SignIn> known = admitting(request);
        if (known.isPresent()) {
            return known.get().authentication().admit(request);
        }
        // A way may find out later, such as a session that another relay has only just begun.
        Future<Principal> admitted = ways.getFirst().authentication().admit(request);
        for (SignIn way : ways.subList(1, ways.size())) {
            admitted = admitted.recover(
                    reason -> way.authentication().admit(request).recover(same -> Future.failedFuture(reason)));
        }
        return admitted;
    }

    @Override
    public boolean isOpen(HttpServerRequest request) {
        return ways.stream().anyMatch(way -> way.authentication().isOpen(request));
    }

    @Override
    public boolean admits(HttpServerRequest request) {
        return admitting(request).isPresent();
    }

    @Override
    public boolean holds(HttpServerRequest earlier) {
        return ways.stream().anyMatch(way -> way.holds(earlier));
    }

    /** Each way answers for its own sessions; what is left is the request of a client without one. */
    @Override
    public void mount(Router router) {
        ways.forEach(way -> way.mount(router));
        router.delete(PagePaths.SESSION).handler(context -> JsonAnswers.send(context, 200, state(context.request())));
    }

    @Override
    public void opened(int port) {
        ways.forEach(way -> way.opened(port));
    }

    @Override
    public boolean entered(ClientSocket socket) {
        return of(socket.principal()).entered(socket);
    }

    @Override
    public SessionState state(HttpServerRequest request) {
        SessionState state = admitting(request).orElse(ways.getLast()).state(request);
        return state.among(names, oidc.map(OidcSignIn::providerName).orElse(null));
    }

    @Override
    public Optional<Principal> present(Principal before) {
        return of(before).present(before);
    }

    @Override
    public String wayOf(Principal user) {
        if (user.kind() == Principal.Kind.PROXY) {
            return SessionState.PROXY;
        }
        return of(user) instanceof UserSignIn ? SessionState.USERS : SessionState.OIDC;
    }

    @Override
    public String identityOf(Principal user) {
        return of(user).identityOf(user);
    }

    /** A provider and a proxy do not say who is gone: without a session the maker is as it was seen last. */
    @Override
    public Optional<Principal> maker(TokenMaker maker) {
        return switch (maker.way()) {
            case SessionState.USERS -> users.flatMap(way -> way.maker(maker));
            case SessionState.OIDC -> oidc.map(way -> way.present(maker.user()).orElse(maker.user()));
            case SessionState.PROXY -> proxy.map(way -> maker.user());
            default -> Optional.empty();
        };
    }

    @Override
    public void onChange(Runnable listener) {
        ways.forEach(way -> way.onChange(listener));
    }

    @Override
    public void onUserEdited(Consumer<String> listener) {
        ways.forEach(way -> way.onUserEdited(listener));
    }

    @Override
    public void close() {
        ways.forEach(SignIn::close);
    }

    private Optional<SignIn> admitting(HttpServerRequest request) {
        return ways.stream().filter(way -> way.admits(request)).findFirst();
    }

    /** The way by which the principal has signed in. */
    private SignIn of(Principal principal) {
        if (principal.kind() == Principal.Kind.PROXY && proxy.isPresent()) {
            return proxy.get();
        }
        boolean ofFile = users.filter(way -> oidc.isEmpty() || way.hasUser(principal.name()))
                .isPresent();
        return ofFile ? users.get() : oidc.<SignIn>map(way -> way).orElse(ways.getLast());
    }
}
