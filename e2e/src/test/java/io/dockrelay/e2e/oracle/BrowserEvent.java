package io.dockrelay.e2e.oracle;

import java.util.List;

/** What a browser saw of one log, in the order in which it came. Moments are nano times. */
sealed interface BrowserEvent {

    long at();

    /** It subscribed; {@code after} is null for the first time. */
    record Asked(long at, String after) implements BrowserEvent {}

    /** A snapshot came; {@code resumed} is null where nothing was asked. */
    record Snapshot(long at, Boolean resumed, List<Line> lines) implements BrowserEvent {}

    /** Lines came live. */
    record Lines(long at, List<Line> lines) implements BrowserEvent {}

    /** It was told that lines are missing here. */
    record Gap(long at, String reason, String from, String to, GapFill fill) implements BrowserEvent {}

    /** Anything else that was said about the log: a state, an error. */
    record Word(long at, String text) implements BrowserEvent {}

    /** The lines of this sighting. */
    default List<Line> seen() {
        return switch (this) {
            case Snapshot snapshot -> snapshot.lines;
            case Lines live -> live.lines;
            case Asked asked -> List.of();
            case Gap gap -> List.of();
            case Word word -> List.of();
        };
    }
}
