package io.dockrelay.relay.channel;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.dockrelay.protocol.logs.GapReason;
import io.dockrelay.protocol.logs.LineBlock;
import io.dockrelay.protocol.logs.TailMark;
import io.dockrelay.protocol.wire.LogFrame;
import io.dockrelay.protocol.wire.LogFrames;
import io.dockrelay.protocol.wire.ServerMessage;
import io.dockrelay.protocol.wire.WireJson;
import io.dockrelay.relay.channel.catchup.Backlog;
import io.dockrelay.relay.channel.catchup.BacklogPiece;

/** Makes the frames of one subscription: it knows the controller and the subscription's own {@code sub}. Pure. */
final class SubscriberFrames {

    private final String controller;
    private final String sub;

    /** What makes a shared frame ours: the {@code sub} field with the closing brace; null when there is no sub. */
    private final byte[] tail;

    SubscriberFrames(String controller, String sub) {
        this.controller = controller;
        this.sub = sub;
        tail = sub == null ? null : (",\"sub\":" + WireJson.text(sub) + "}").getBytes(StandardCharsets.UTF_8);
    }

    /** A frame that all readers share, with our {@code sub} where we have one; the bytes of the lines are copied. */
    byte[] lines(byte[] shared) {
        if (tail == null) {
            return shared;
        }
        int withoutBrace = shared.length - 1;
        byte[] ours = Arrays.copyOf(shared, withoutBrace + tail.length);
        System.arraycopy(tail, 0, ours, withoutBrace, tail.length);
        return ours;
    }

    byte[] snapshot(String container, Backlog backlog) {
        return LogFrames.write(new LogFrame(
                true,
                container,
                controller,
                sub,
                backlog.lines(),
                backlog.cursor(),
                backlog.lastTimestamp(),
                backlog.moreBefore(),
                backlog.resumed(),
                backlog.first()));
    }

    /** Lines that follow a snapshot which could not hold all of a backlog. */
    byte[] piece(String container, BacklogPiece piece) {
        LineBlock lines = piece.lines();
        return LogFrames.write(new LogFrame(
                false,
                container,
                controller,
                sub,
                lines,
                piece.cursor(),
                lines.lastTimestamp(),
                null,
                null,
                piece.first()));
    }

    byte[] mark(String container, TailMark mark) {
        return switch (mark) {
            case TailMark.State state -> state(state);
            case TailMark.Gap gap -> gap(container, gap.reason(), gap.from(), gap.to(), gap.count());
        };
    }

    byte[] gap(String container, GapReason reason, String from, String to, Long count) {
        return WireJson.write(new ServerMessage.LogGap(container, controller, sub, reason, from, to, count));
    }

    byte[] state(TailMark.State state) {
        return WireJson.write(
                new ServerMessage.LogState(state.name(), controller, sub, state.state(), state.at(), state.message()));
    }
}
