package io.dockrelay.protocol.bus.download;

/** Where the bytes of a download come from. They arrive only while the source is resumed. */
public interface DownloadSource {

    void resume();

    /** Called with a full part; a few more bytes may arrive afterwards. Not called after the end. */
    void pause();

    /** Bytes that have arrived and were not taken. */
    int size();

    /** Removes and returns the bytes that have arrived; empty when there are none. */
    byte[] take();
}
