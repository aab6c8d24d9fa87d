package io.dockrelay.listener;

/** The result of an {@link AccessCheck}. */
public sealed interface AccessDecision {

    /** The request may continue. */
    record Allowed() implements AccessDecision {}

    /**
     * The request is refused.
     *
     * @param status 400 for a request that no regular client sends, 403 for a client that the settings do not allow
     * @param reason a sentence for people; names the setting that would allow the client
     */
    record Refused(int status, String reason) implements AccessDecision {}
}
