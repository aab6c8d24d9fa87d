package io.dockrelay.controller.logs.rotation;

/**
 * Which faults the engine's log follower has when a log rotates. A fault that an engine does not have costs nothing: its
 * detector is off.
 *
 * @param repeats it may send entries again: it starts the newest file a second time
 * @param skips it may leave out a whole file: it continues with the newest one
 * @param standsStill it may stop at the end of a file until the next file is started
 */
public record RotationFaults(boolean repeats, boolean skips, boolean standsStill) {

    /** All three, as in Docker 20.10. */
    public static final RotationFaults ALL = new RotationFaults(true, true, true);
}
