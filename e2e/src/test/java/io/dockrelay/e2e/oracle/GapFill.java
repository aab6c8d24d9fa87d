package io.dockrelay.e2e.oracle;

import java.util.List;

/** The lines fetched for one gap. Created with the gap, completed once by the {@link GapFiller}. */
final class GapFill {

    /** Null until the last attempt has ended. */
    private volatile Result result;

    /**
     * The outcome.
     *
     * @param began and {@code ended}: nano times
     * @param failure null when all pages were answered
     */
    record Result(List<Line> lines, long began, long ended, String failure) {}

    void complete(Result complete) {
        result = complete;
    }

    boolean isComplete() {
        return result != null;
    }

    /** Null before the last attempt has ended. */
    Result result() {
        return result;
    }

    @Override
    public String toString() {
        Result outcome = result;
        if (outcome == null) {
            return "never fetched";
        }
        return outcome.lines.size() + " lines fetched" + (outcome.failure == null ? "" : ", then " + outcome.failure);
    }
}
