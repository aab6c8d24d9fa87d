package io.dockrelay.relay.signin.oidc;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Why a question to the provider failed. */
public final class ProviderFailure extends RuntimeException {

    /** Refusals of OAuth 2 and OpenID Connect, and of HTTP where the answer has no reason. */
    private static final Set<String> REFUSALS = Set.of(
            "invalid_grant",
            "invalid_token",
            "invalid_client",
            "invalid_request",
            "invalid_scope",
            "unauthorized_client",
            "unsupported_grant_type",
            "access_denied",
            "login_required",
            "consent_required",
            "interaction_required",
            "unauthorized",
            "forbidden",
            "inactive token");

    private static final int LONGEST_REASON = 200;

    private final Kind kind;

    /** What the failure means for a session. */
    public enum Kind {
        /** The provider does not answer, or cannot: nothing is known. */
        AWAY,
        /** The provider has said no. */
        REFUSED,
        /** Its answer does not prove what it says. */
        NOT_VALID
    }

    ProviderFailure(Kind kind, String reason) {
        super(reason, null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** What Vert.x reports, whose only difference is the text: an error of OAuth 2, or the words of an HTTP status. */
    public static ProviderFailure of(Throwable cause) {
        if (cause instanceof ProviderFailure known) {
            return known;
        }
        String text = shown(cause);
        if (text.equals("User token is expired.")) {
            return new ProviderFailure(Kind.NOT_VALID, "its token has expired");
        }
        String code = text.split(":", 2)[0].strip().toLowerCase(Locale.ROOT);
        return new ProviderFailure(REFUSALS.contains(code) ? Kind.REFUSED : Kind.AWAY, text);
    }

    /** Throws if there is something wrong with what the provider has answered. */
    static void throwIf(Optional<String> wrong) {
        wrong.ifPresent(reason -> {
            throw new ProviderFailure(Kind.NOT_VALID, reason);
        });
    }

    /** For a log: one line, not too long. The answers of providers have no secrets, but any text. */
    private static String shown(Throwable cause) {
        String text = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        String line = text.replaceAll("\\P{Print}+", " ").strip();
        return line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) + "…" : line;
    }
}
