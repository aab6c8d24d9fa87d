package io.dockrelay.controller.server;

/**
 * How much one subscription's client accepts: everything until its first grant, then no more bytes than it has granted. A
 * message longer than the remaining credit is sent when more than half of the first grant remains: a client that grants
 * in portions may never bring the credit back to the whole first grant. Pure; for one thread.
 */
final class ClientCredit {

    /** Of the first grant; 0 before. */
    private long window;

    /** Granted and not used; below 0 after a message that was longer. */
    private long left;

    void grant(int bytes) {
        window = window == 0 ? bytes : window;
        left += bytes;
    }

    /** Whether a message of this size may be sent. */
    boolean admits(int bytes) {
        return window == 0 || bytes <= left || left > window / 2;
    }

    /** Whether anything may be sent. */
    boolean any() {
        return window == 0 || left > 0;
    }

    /** Whether the client has not granted half of its window again: the link, or the client, is slower than the lines. */
    boolean isLow() {
        return window > 0 && left < window / 2;
    }

    void used(int bytes) {
        left -= bytes;
    }
}
