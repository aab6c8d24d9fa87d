package io.dockrelay.controller.logs.entries;

/** Makes the decoder for a container's log. */
public final class EntryDecoderFactory {

    /** Longer entries are cut: twenty times what an engine writes at once. */
    private static final int MAX_ENTRY_BYTES = 1 << 20;

    private EntryDecoderFactory() {}

    /**
     * A decoder for one read.
     *
     * @param terminal whether the container has a terminal: its log is raw bytes; otherwise the log is frames
     * @param next takes each entry's range of bytes
     */
    public static EntryDecoder create(boolean terminal, EntryReader next) {
        return terminal ? new TtyDecoder(next, MAX_ENTRY_BYTES) : new MultiplexedDecoder(next, MAX_ENTRY_BYTES);
    }
}
