package io.dockrelay.listener;

/** What the door says to a knock. */
public sealed interface AccessDecision {

    /** Come in. */
    record Allowed() implements AccessDecision {}

    /**
     * Stay out.
     *
     * @param status 400 for what no honest client sends, 403 for whom the settings do not let in
     * @param reason a sentence for people, with the setting that would let the client in
     */
    record Refused(int status, String reason) implements AccessDecision {}
}
