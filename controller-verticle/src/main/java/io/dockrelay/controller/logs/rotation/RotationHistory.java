package io.dockrelay.controller.logs.rotation;

/**
 * What one container's engine may have done wrong, as far as its tail has to remember it from one stream to the next.
 *
 * @param leaps files left out, and standing still at a file's end
 * @param inversions entries repeated
 */
public record RotationHistory(SkippedFileDetector leaps, RepeatDetector inversions) {

    /** @param fileBytes after which the engine begins a new file; 0 when it never does */
    public static RotationHistory of(long fileBytes) {
        return new RotationHistory(new SkippedFileDetector(fileBytes), new RepeatDetector());
    }
}
