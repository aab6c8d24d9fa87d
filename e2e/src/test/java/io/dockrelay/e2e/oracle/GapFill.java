package io.dockrelay.e2e.oracle;

import java.util.List;

/** The lines that the pages of one gap gave. Made with the gap, completed once by whoever fetched it. */
final class GapFill {

    /** Null until it was tried to the end. */
    private volatile Result result;

    /**
     * What came of it.
     *
     * @param began and {@code ended}: nano times
     * @param failure null when every page was answered
     */
    record Result(List<Line> lines, long began, long ended, String failure) {}

    void complete(Result complete) {
        result = complete;
    }

    boolean isComplete() {
        return result != null;
    }

    /** Null when nobody has tried. */
    Result result() {
        return result;
    }

    @Override
    public String toString() {
        Result so = result;
        if (so == null) {
            return "never fetched";
        }
        return so.lines.size() + " lines fetched" + (so.failure == null ? "" : ", then " + so.failure);
    }
}
