package io.dockrelay.relay.signin;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;

import io.dockrelay.listener.Authentication;
import io.dockrelay.listener.ClientSocket;

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

    /** A client has opened a socket, which ends with its session. */
    void entered(ClientSocket socket);

    /** Whether the client of an open request is admitted to the others, too. */
    boolean admits(HttpServerRequest request);

    /** What a page has to know of its session. */
    SessionState state(HttpServerRequest request);

    void close();
}
