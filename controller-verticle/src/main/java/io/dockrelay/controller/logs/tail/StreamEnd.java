package io.dockrelay.controller.logs.tail;

import java.time.Duration;

import io.dockrelay.protocol.logs.GapReason;

/** Why a {@link FollowStream} has ended. */
sealed interface StreamEnd {

    /**
     * The engine has ended the log: the container stopped, or a proxy between has cut the stream.
     *
     * @param lasted how long the stream was open
     */
    record LogEnded(Duration lasted) implements StreamEnd {}

    /**
     * The connection broke, or the log could not be opened.
     *
     * @param lasted how long the stream was open
     */
    record Broken(Throwable cause, Duration lasted) implements StreamEnd {}

    /** Nothing arrived for so long that the connection may be dead without a sign. */
    record Silent() implements StreamEnd {}

    /**
     * The entry at the cursor is not in the store any more.
     *
     * @param reason why
     */
    record PositionLost(GapReason reason) implements StreamEnd {}

    /**
     * The engine may have sent entries again, or left some out.
     *
     * @param storeIsAheadBy about how many entries the store is ahead of the stream; 0 when that is unknown
     */
    record Doubted(int storeIsAheadBy) implements StreamEnd {}

    /**
     * The engine cannot read what follows the last entry, as at damage in the log's file, or has lost its place in it.
     *
     * @param lasted how long the stream was open
     */
    record Unreadable(Duration lasted) implements StreamEnd {}

    /** The engine may stand still at the end of a file. */
    record StandsStill() implements StreamEnd {}

    /** The reader held the stream back for so long that the engine may have skipped files that rotated meanwhile. */
    record PausedTooLong() implements StreamEnd {}
}
