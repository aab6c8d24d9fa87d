package io.dockrelay.controller.logs.rotation;

/**
 * What the guard remembers about one container's log from one stream to the next.
 *
 * @param skips detects files that were left out, and standing still at the end of a file
 * @param repeats detects entries that were sent again
 * @param faults the detectors that may raise a doubt
 */
record RotationHistory(SkippedFileDetector skips, RepeatDetector repeats, RotationFaults faults) {}
