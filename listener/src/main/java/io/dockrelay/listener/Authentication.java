package io.dockrelay.listener;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;

/**
 * The step behind the door: who is it? Asked once for each request that the door let in, handshakes included, on the
 * listener's context, before anything else sees the request.
 */
@FunctionalInterface
public interface Authentication {

    /** Everybody whom the door lets in. */
    Authentication OPEN = request -> Future.succeededFuture();

    /** Succeeds to let the request on; fails with {@link NotAdmitted} to answer it with a status and a reason. */
    Future<Void> admit(HttpServerRequest request);

    /** Why a request goes no further. */
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
