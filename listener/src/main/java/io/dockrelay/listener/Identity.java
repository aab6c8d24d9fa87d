package io.dockrelay.listener;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.http.HttpServerRequestInternal;

import io.dockrelay.protocol.rights.Principal;

/**
 * The one who makes a request. It is kept in the request's own context, which every wrapper of the request shares; only
 * this file uses that context.
 */
public final class Identity {

    private Identity() {}

    /** The principal of a request that was admitted; throws if it was not, so that nothing continues without one. */
    public static Principal of(HttpServerRequest request) {
        return find(request).orElseThrow(() -> new IllegalStateException("nothing has admitted this request"));
    }

    /** Empty for a request that continued without an identity. */
    public static Optional<Principal> find(HttpServerRequest request) {
        return Optional.ofNullable((Principal) local(request).get(Identity.class));
    }

    static void set(HttpServerRequest request, Principal principal) {
        Object unused = local(request).put(Identity.class, principal);
    }

    private static ConcurrentMap<Object, Object> local(HttpServerRequest request) {
        ContextInternal context = ((HttpServerRequestInternal) request).context();
        return context.getLocal(ContextInternal.LOCAL_MAP, ConcurrentHashMap::new);
    }
}
