package io.dockrelay.controller.server;

/**
 * What one subscription's client lets in: without a word from it everything, from its first grant on no more bytes than
 * it has granted. A message that is longer than what is left goes when that is more than half of the first grant: a
 * client that grants in portions need never have granted all before it again. Pure; for one thread.
 */
final class ClientCredit {

    /** Of the first grant; 0 before. */
    private long window;

    /** Granted and not used; below 0 behind a message that was longer. */
    private long left;

    void grant(int bytes) {
        window = window == 0 ? bytes : window;
        left += bytes;
    }

    /** Whether a message of so many bytes may go. */
    boolean admits(int bytes) {
        return window == 0 || bytes <= left || left > window / 2;
    }

    /** Whether anything at all may go. */
    boolean any() {
        return window == 0 || left > 0;
    }

    void used(int bytes) {
        left -= bytes;
    }
}
