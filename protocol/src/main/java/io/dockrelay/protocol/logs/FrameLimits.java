package io.dockrelay.protocol.logs;

/**
 * The most that one {@link LogBatch}, and so one frame on the wire, carries. A longer line is alone in its batch. With
 * these limits a frame stays below 64 KiB, the default of many WebSocket clients.
 */
public final class FrameLimits {

    public static final int MAX_LINES = 256;

    /** Encoded bytes. */
    public static final int MAX_BYTES = 60 * 1024;

    private FrameLimits() {}
}
