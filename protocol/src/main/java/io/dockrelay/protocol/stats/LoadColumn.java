package io.dockrelay.protocol.stats;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One value of a container over time, a number per step. Null where it was not measured: the container or the controller
 * did not run, or the engine did not report it.
 *
 * @param mean over the step
 * @param max the largest measurement of the step, which a mean would hide
 */
public record LoadColumn(List<Number> mean, List<Number> max) {

    public LoadColumn {
        mean = unmodifiable(mean);
        max = unmodifiable(max);
    }

    /** A copy that may hold null. */
    static List<Number> unmodifiable(List<Number> numbers) {
        return numbers == null ? List.of() : Collections.unmodifiableList(new ArrayList<>(numbers));
    }
}
