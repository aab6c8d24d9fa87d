package io.dockrelay.e2e.oracle;

import java.util.List;

/** What a browser received of one log, in order of arrival. Times are {@code System.nanoTime()}. */
sealed interface BrowserEvent {

    long at();

    /** The browser subscribed; {@code after} is null for the first time. */
    record Subscribed(long at, String after) implements BrowserEvent {}

    /** A snapshot arrived; {@code resumed} is null when the browser had no cursor. */
    record Snapshot(long at, Boolean resumed, List<Line> lines) implements BrowserEvent {}

    /** Live lines arrived. */
    record Lines(long at, List<Line> lines) implements BrowserEvent {}

    /** A gap was declared at this point. */
    record Gap(long at, String reason, String from, String to, GapFill fill) implements BrowserEvent {}

    /** Any other message about the log: a state, an error. */
    record Notice(long at, String text) implements BrowserEvent {}

    /** The log lines of this event. */
    default List<Line> seen() {
        return switch (this) {
            case Snapshot snapshot -> snapshot.lines;
            case Lines live -> live.lines;
            case Subscribed subscribed -> List.of();
            case Gap gap -> List.of();
            case Notice notice -> List.of();
        };
    }
}
