package io.dockrelay.controller.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.dockrelay.protocol.bus.ContainersChanged;
import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.ChangeReason;
import io.dockrelay.protocol.wire.ServerMessage;
import io.dockrelay.protocol.wire.WireJson;

/** The messages that inform clients of a change. Pure. */
final class StateMessages {

    private StateMessages() {}

    /** Encoded: a {@code status_change} for what happened, an {@code action_change} for actions; either may be missing. */
    static List<byte[]> of(ContainersChanged change) {
        Map<Boolean, List<Change>> parts = change.changes().stream()
                .collect(Collectors.partitioningBy(one -> one.reason() == ChangeReason.ACTION));
        List<byte[]> messages = new ArrayList<>();
        if (!parts.get(false).isEmpty()) {
            messages.add(WireJson.write(new ServerMessage.StatusChange(change.at(), parts.get(false))));
        }
        if (!parts.get(true).isEmpty()) {
            messages.add(WireJson.write(new ServerMessage.ActionChange(change.at(), parts.get(true))));
        }
        return messages;
    }
}
