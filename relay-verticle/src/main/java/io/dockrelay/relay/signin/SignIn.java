package io.dockrelay.relay.signin;

import java.util.Optional;
import java.util.function.Consumer;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;

import io.dockrelay.listener.Authentication;
import io.dockrelay.listener.ClientSocket;
import io.dockrelay.protocol.rights.Principal;

/** How clients of the relay are identified. Owned by the relay's verticle, from {@link #start} to {@link #close}, on its context. */
public interface SignIn {

    /** Prepares everything; before the port is open. */
    Future<Void> start();

    /** The step of the listener. */
    Authentication authentication();

    /** Adds the routes of sign-in. */
    void mount(Router router);

    /** The port is open. */
    void opened(int port);

    /** A client has opened a socket, which ends with its session. Returns whether the session still holds; if not, closes it. */
    boolean entered(ClientSocket socket);

    /** Whether the client of an open request is admitted to the others, too. */
    boolean admits(HttpServerRequest request);

    /** Whether the session of an earlier request holds now; it may have been used since by others. */
    default boolean holds(HttpServerRequest earlier) {
        return admits(earlier);
    }

    /** What a page has to know of its session. */
    SessionState state(HttpServerRequest request);

    /** The same principal with the roles and groups of now; empty if it is gone. */
    default Optional<Principal> present(Principal before) {
        return Optional.of(before);
    }

    /** Sets what is called when principals may have other roles, or are gone; before the port is open. */
    default void onChange(Runnable listener) {}

    /** Sets what takes each change of a user that was made in the file or by a command, as a sentence; before the start. */
    default void onUserEdited(Consumer<String> listener) {}

    void close();
}
