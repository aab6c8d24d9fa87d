package io.dockrelay.listener.tls;

import io.vertx.core.buffer.Buffer;

/**
 * What was read of {@link PemFiles}; each part is null where there is no file. Immutable: no part is changed.
 *
 * @param cert the certificate, followed by those that lead to its issuer
 * @param key its private key
 * @param ca the accepted issuers of the other end
 */
public record PemContent(Buffer cert, Buffer key, Buffer ca) {

    /** Without any file. */
    public static final PemContent NONE = new PemContent(null, null, null);

    @Override
    public String toString() {
        return "(not shown)";
    }
}
