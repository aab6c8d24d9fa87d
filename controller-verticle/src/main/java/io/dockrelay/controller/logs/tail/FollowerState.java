package io.dockrelay.controller.logs.tail;

import java.util.Optional;

import io.dockrelay.protocol.logs.GapReason;
import io.dockrelay.protocol.logs.TailMark;

/** What a {@link ContainerFollower} is doing. Each state holds the facts that matter in it, and no others. */
sealed interface FollowerState {

    /** States without a stream, a request of their own, or facts. */
    enum Idle implements FollowerState {
        /** The reader took nothing for so long that the stream was given up. */
        READER_STALLED,

        /** The container is between two runs, and its log was read to the end. */
        STOPPED,

        /** The engine cannot read the container's log. */
        UNREADABLE,

        /** The follower has ended, or has not started yet. */
        CLOSED
    }

    /**
     * The tail has waited for this container; the place in the log where the tail starts is being read.
     *
     * @param resumeFrom encoded position to continue from; null for the newest lines
     * @param lines the most lines to read
     */
    record Joining(String resumeFrom, int lines) implements FollowerState {}

    /** A stream is open, or being opened. */
    record Following(FollowStream stream) implements FollowerState {}

    /**
     * No stream is open, and the container is being inspected to decide what follows.
     *
     * @param rereads whether to open a stream even when the container has stopped, because lines may be left to read
     * @param unread whether lines may be left that a removed container would take with it
     * @param cutEarly whether the last stream ended as soon as it was open, so that the next one waits for the backoff
     */
    record Inspecting(boolean rereads, boolean unread, boolean cutEarly) implements FollowerState {

        /** After a stream that ended before the log did. */
        static final Inspecting INTERRUPTED = new Inspecting(true, true, false);

        /** After everything was read. */
        static final Inspecting AT_END = new Inspecting(false, false, false);

        Inspecting after(boolean early) {
            return new Inspecting(rereads, unread, early);
        }

        Inspecting rereading() {
            return new Inspecting(true, unread, cutEarly);
        }
    }

    /**
     * The newest lines are being read, to continue with them after a gap.
     *
     * @param from encoded position where the gap starts; null when nothing was read before
     * @param dropped whether lines or gaps were dropped that only this gap reports
     * @param then what follows
     */
    record Resyncing(GapReason reason, String from, boolean dropped, Inspecting then) implements FollowerState {}

    /** The gap to report when the container is removed: lines may be neither read nor reported. */
    default Optional<TailMark> gapOnRemoval(String cursor) {
        return switch (this) {
            case Joining joining -> gap(GapReason.REMOVED, joining.resumeFrom == null ? cursor : joining.resumeFrom);
            case Following following -> gap(GapReason.REMOVED, cursor);
            case Inspecting inspecting when inspecting.unread -> gap(GapReason.REMOVED, cursor);
            case Resyncing resyncing when resyncing.dropped || resyncing.then.unread -> gap(GapReason.REMOVED, cursor);
            case Inspecting inspecting -> Optional.empty();
            case Resyncing resyncing -> Optional.empty();
            case Idle idle -> idle == Idle.READER_STALLED ? gap(GapReason.REMOVED, cursor) : Optional.empty();
        };
    }

    /** The gap to report when the engine cannot read the log any more: lines were dropped to be read again. */
    default Optional<TailMark> gapWhenUnreadable(String cursor) {
        return hasDroppedLines() ? gap(GapReason.SLOW_CLIENT, cursor) : Optional.empty();
    }

    /** The gap to report when another container takes the place of this one. */
    default Optional<TailMark> gapOnReplacement() {
        return this instanceof Joining joining && joining.resumeFrom != null
                ? gap(GapReason.REMOVED, joining.resumeFrom)
                : Optional.empty();
    }

    /** Whether lines or gaps were dropped that no mark has reported yet. */
    default boolean hasDroppedLines() {
        return this instanceof Resyncing resyncing && resyncing.dropped;
    }

    /** What follows when the reader jumps to the newest line; empty when there is nothing to skip. */
    default Optional<Inspecting> afterJump() {
        return switch (this) {
            case Following following -> Optional.of(Inspecting.INTERRUPTED);
            case Inspecting inspecting -> Optional.of(inspecting.rereading());
            case Resyncing resyncing -> Optional.of(resyncing.then);
            case Idle.READER_STALLED -> Optional.of(Inspecting.INTERRUPTED);
            case Idle.STOPPED -> Optional.of(Inspecting.AT_END.rereading());
            case Joining joining -> Optional.empty();
            case Idle idle -> Optional.empty();
        };
    }

    /** Whether another container may take the place of this one as soon as the list does not show it. */
    default boolean isReplaceable() {
        return this instanceof Joining || this == Idle.STOPPED || this == Idle.UNREADABLE;
    }

    private static Optional<TailMark> gap(GapReason reason, String from) {
        return Optional.of(new TailMark.Gap(reason, from, null, null));
    }
}
