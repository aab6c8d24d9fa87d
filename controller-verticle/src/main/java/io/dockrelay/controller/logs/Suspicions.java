package io.dockrelay.controller.logs;

/**
 * What one container's engine may have done wrong, as far as its tail has to remember it from one stream to the next.
 *
 * @param leaps files left out, and standing still at a file's end
 * @param inversions entries repeated
 */
record Suspicions(Leaps leaps, Inversions inversions) {

    /** @param fileBytes after which the engine begins a new file; 0 when it never does */
    static Suspicions of(long fileBytes) {
        return new Suspicions(new Leaps(fileBytes), new Inversions());
    }
}
