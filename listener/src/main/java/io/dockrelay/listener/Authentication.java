package io.dockrelay.listener;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;

/**
 * Identifies the client, after the {@link AccessCheck}. Called once per request that the check has allowed, handshakes
 * included, on the listener's context, before anything else sees the request.
 */
@FunctionalInterface
public interface Authentication {

    /** Admits every client that the access check allows. */
    Authentication OPEN = request -> Future.succeededFuture();

    /** Succeeds to let the request continue; fails with {@link NotAdmitted} to answer it with a status and a reason. */
    Future<Void> admit(HttpServerRequest request);

    /** Why a request is not admitted. */
    final class NotAdmitted extends RuntimeException {

        private final int status;

        /** @param status 401 or 403 */
        public NotAdmitted(int status, String reason) {
            super(reason, null, false, false);
            this.status = status;
        }

        public int status() {
            return status;
        }
    }
}
