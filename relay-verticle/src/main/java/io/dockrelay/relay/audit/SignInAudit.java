package io.dockrelay.relay.audit;

import io.dockrelay.record.RecordedAction;
import io.dockrelay.relay.signin.SignInEvent;

/** Records what happens at the sign-in. Stateless; on the relay's context. */
public final class SignInAudit {

    private final RelayAudit audit;

    public SignInAudit(RelayAudit audit) {
        this.audit = audit;
    }

    public void happened(SignInEvent event) {
        var actor = new Actor(event.name(), event.address());
        switch (event.kind()) {
            case SIGNED_IN -> audit.happened(actor, RecordedAction.SIGN_IN, null, null);
            case SIGNED_OUT, SIGNED_OUT_EVERYWHERE, PROVIDER_ENDED ->
                audit.happened(actor, RecordedAction.SIGN_OUT, null, event.text());
            case SET_UP -> audit.happened(actor, RecordedAction.USER, null, event.text());
            case TOKEN_MADE, TOKEN_REVOKED -> audit.happened(actor, RecordedAction.TOKEN, null, event.text());
            case REFUSED,
                    LIMITED,
                    SET_UP_REFUSED,
                    NO_ORIGIN,
                    PROVIDER_REFUSED,
                    PROVIDER_AWAY,
                    ANSWER_REFUSED,
                    LOGIN_REFUSED,
                    NAME_REFUSED,
                    PROXY_HEADERS,
                    PROXY_REFUSED -> refused(actor, RecordedAction.SIGN_IN, event);
            case SESSIONS_REFUSED -> audit.refusals().refused(actor, RecordedAction.SIGN_OUT, null, event.text());
            case TOKEN_REFUSED, TICKET_REFUSED, TOKENS_LIMITED -> refused(actor, RecordedAction.TOKEN, event);
        }
    }

    private void refused(Actor actor, String what, SignInEvent event) {
        audit.refusals().refusedStranger(actor, what, event.text());
    }
}
