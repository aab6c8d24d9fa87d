package io.dockrelay.relay.audit;

import io.dockrelay.record.RecordedContainer;
import io.dockrelay.relay.view.RefusedRight;

/** Records what rights refuse. Stateless; on the relay's context. */
public final class RightsAudit {

    private final RelayAudit audit;

    public RightsAudit(RelayAudit audit) {
        this.audit = audit;
    }

    public void refused(RefusedRight refused) {
        var actor = new Actor(refused.principal().name(), refused.principal().address());
        RecordedContainer target = refused.controller() == null
                ? null
                : new RecordedContainer(refused.controller(), refused.container(), refused.id());
        audit.refusals().refused(actor, refused.what(), target, refused.reason());
    }
}
