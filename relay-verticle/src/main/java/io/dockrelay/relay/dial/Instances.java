package io.dockrelay.relay.dial;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The runs of one controller, as its connections name them. A run that returns after another one has come cannot be the only
 * one: its key was copied. Pure; for one thread.
 */
final class Instances {

    private static final int MOST = 16;

    /** The latest first. */
    private final Deque<String> known = new ArrayDeque<>();

    /** A run has connected; returns whether it is another one that goes on beside the latest. */
    boolean isCopy(String instance) {
        if (instance.equals(known.peekFirst())) {
            return false;
        }
        boolean returned = known.remove(instance);
        known.addFirst(instance);
        if (known.size() > MOST) {
            known.removeLast();
        }
        return returned;
    }
}
