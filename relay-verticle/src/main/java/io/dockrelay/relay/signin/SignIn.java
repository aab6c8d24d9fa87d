package io.dockrelay.relay.signin;

import java.util.Optional;
import java.util.function.Consumer;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;

import io.dockrelay.listener.Authentication;
import io.dockrelay.listener.ClientSocket;
import io.dockrelay.protocol.rights.Principal;
import io.dockrelay.relay.signin.tokens.TokenDesk;
import io.dockrelay.relay.signin.tokens.TokenMaker;

/** How clients of the relay are identified. Owned by the relay's verticle, from {@link #start} to {@link #close}, on its context. */
public interface SignIn {

    /** What a request without a session and without a token is answered, where tokens are possible. */
    String NEEDED = "Sign in first; a program sends an API token: Authorization: Bearer TOKEN";

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

    /** How a user that this admits signs in: a word for the tokens file, which tells users of several ways with one name apart. */
    default String wayOf(Principal user) {
        return TokenMaker.USERS;
    }

    /** What tells such a user from another one who gets its name later; empty if nothing does. */
    default String identityOf(Principal user) {
        return "";
    }

    /**
     * The maker of a token as it is now, whether or not it has a session; empty if it is gone, or the way is not in use. The
     * tokens of one that was there and is gone are revoked.
     */
    default Optional<Principal> maker(TokenMaker maker) {
        return Optional.empty();
    }

    /** The API tokens, which the relay's verticle closes; empty without sign-in. */
    default Optional<TokenDesk> tokens() {
        return Optional.empty();
    }

    /** Whether a user of this name can sign in; true as well if this relay cannot know that. */
    default boolean mayExist(String user) {
        return true;
    }

    /** Sets what is called when principals may have other roles, or are gone; before the port is open. */
    default void onChange(Runnable listener) {}

    /** Sets what takes each change of a user that was made in the file or by a command, as a sentence; before the start. */
    default void onUserEdited(Consumer<String> listener) {}

    void close();
}
