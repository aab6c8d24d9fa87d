package io.dockrelay.relay.uplink;

import java.util.List;
import java.util.function.Consumer;

import io.dockrelay.protocol.logs.LineBlock;
import io.dockrelay.protocol.logs.TailOpened;
import io.dockrelay.protocol.wire.LogFrame;
import io.dockrelay.protocol.wire.ServerMessage.LogGap;
import io.dockrelay.protocol.wire.ServerMessage.LogState;

/**
 * Puts what a controller sends into the tails that it is for, and sends it on. A message counts against the credit of its
 * tail, and a controller that sends more than it was granted loses its connection. Owned by {@link RemoteTails}, on the
 * uplink's context.
 */
final class TailMessages {

    private final TailDeliveries deliveries;
    private final TailRequests requests;
    private final ControllerSocket socket;

    TailMessages(TailDeliveries deliveries, TailRequests requests, ControllerSocket socket) {
        this.deliveries = deliveries;
        this.requests = requests;
        this.socket = socket;
    }

    /**
     * @param wire bytes of the message, here and below
     * @return whether it is for a tail that is open
     */
    boolean frame(LogFrame frame, int wire) {
        return each(frame.sub(), frame.container(), wire, delivery -> take(delivery, frame, wire));
    }

    void state(LogState state, int wire) {
        boolean unused = each(
                state.sub(),
                state.container(),
                wire,
                delivery -> delivery.tail().state(state, wire));
    }

    void gap(LogGap gap, int wire) {
        boolean unused = each(
                gap.sub(), gap.container(), wire, delivery -> delivery.tail().gap(gap, wire));
    }

    private boolean each(String sub, String container, int wire, Consumer<TailDelivery> step) {
        List<TailDelivery> addressed = deliveries.addressed(sub, container, requests.version());
        for (TailDelivery delivery : addressed) {
            delivery.tail().received(wire);
            if (delivery.tail().isOverfull()) {
                socket.drop("the controller sent more of the log of "
                        + delivery.tail().name() + " than the relay had requested");
                return true;
            }
            step.accept(delivery);
            delivery.send();
            requests.grantDue(delivery.tail());
        }
        return !addressed.isEmpty();
    }

    private void take(TailDelivery delivery, LogFrame frame, int wire) {
        RemoteTail tail = delivery.tail();
        WireVersion version = requests.version();
        if (tail.known() && version == WireVersion.V1) {
            delivery.newest().frame(frame.lines(), frame.snapshot());
        } else if (frame.snapshot()) {
            delivery.newest().begin(version == WireVersion.V1 ? frame.lines() : LineBlock.EMPTY);
            tail.snapshot(frame, version, wire);
            tail.opened().tryComplete(new TailOpened(tail.name()));
        } else if (tail.known()) {
            tail.lines(frame, version, wire);
        }
    }
}
