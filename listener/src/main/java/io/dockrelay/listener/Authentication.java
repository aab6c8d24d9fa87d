package io.dockrelay.listener;

import java.util.Map;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;

import io.dockrelay.protocol.rights.Principal;

/**
 * Identifies the client, after the {@link AccessCheck}. Called once per request that the check has allowed, handshakes
 * included, on the listener's context, before anything else sees the request. Not called for the health and for the files
 * that are the same for every client.
 */
@FunctionalInterface
public interface Authentication {

    /** Admits every client that the access check allows. */
    Authentication OPEN = request -> Future.succeededFuture(Principal.anyone(ClientAddress.ofPeer(request)));

    /**
     * Succeeds with the one who makes the request, to let it continue: {@link Identity#of} is that one then. Fails with
     * {@link NotAdmitted} to answer the request with a status and a reason.
     */
    Future<Principal> admit(HttpServerRequest request);

    /**
     * Removes what a client may not send. Called once per request that the access check has allowed, before anything else of
     * this interface.
     */
    default void clean(HttpServerRequest request) {}

    /**
     * Whether a request that is no handshake of a WebSocket continues without an identity, such as the page itself, which
     * shows the form to sign in.
     */
    default boolean isOpen(HttpServerRequest request) {
        return false;
    }

    /** Why a request is not admitted. */
    final class NotAdmitted extends RuntimeException {

        private final int status;
        private final boolean reported;
        private final Map<String, String> headers;

        private NotAdmitted(int status, String reason, boolean reported, Map<String, String> headers) {
            super(reason, null, false, false);
            this.status = status;
            this.reported = reported;
            this.headers = Map.copyOf(headers);
        }

        /** @param status 401 or 403 */
        public NotAdmitted(int status, String reason) {
            this(status, reason, false, Map.of());
        }

        /** The same where the step has reported it already, with more than the listener knows. */
        public static NotAdmitted reported(int status, String reason) {
            return reported(status, reason, Map.of());
        }

        /**
         * The same with more headers.
         *
         * @param headers of the answer
         */
        public static NotAdmitted reported(int status, String reason, Map<String, String> headers) {
            return new NotAdmitted(status, reason, true, headers);
        }

        public Map<String, String> headers() {
            return headers;
        }

        public int status() {
            return status;
        }

        public boolean isReported() {
            return reported;
        }
    }
}
