package io.dockrelay.e2e.oracle;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One service's log at one browser, over all its connections: turns frames into events, keeps the cursor, and has gaps
 * fetched once their end is known. For one thread at a time.
 */
final class FollowedLog {

    private final Report report;
    private final GapFiller filler;
    private final List<BrowserEvent.Gap> open = new ArrayList<>();

    /** Where to resume; null before the first line. */
    private volatile String cursor;

    /** The first line of a snapshot that did not resume, until its gap arrives. Null otherwise. */
    private Line afterGap;

    FollowedLog(String browser, String service, GapFiller filler) {
        this.report = new Report(browser, service);
        this.filler = filler;
    }

    Report report() {
        return report;
    }

    String service() {
        return report.service();
    }

    String cursor() {
        return cursor;
    }

    /** A subscription was sent. */
    void subscribed(String after) {
        report.add(new BrowserEvent.Subscribed(System.nanoTime(), after));
    }

    /** A frame of this log arrived. */
    void frame(JsonNode frame) {
        long now = System.nanoTime();
        switch (frame.path("type").asText()) {
            case "log_snapshot" -> snapshot(frame, now);
            case "new_logs" -> live(frame, now);
            case "log_gap" -> gap(frame, now);
            case "log_state" ->
                report.add(new BrowserEvent.Notice(now, frame.path("state").asText()));
            default -> report.add(new BrowserEvent.Notice(now, frame.toString()));
        }
    }

    /** No more frames follow: open gaps extend to the end. */
    void end() {
        open.forEach(gap -> filler.fill(service(), gap, null));
        open.clear();
    }

    private void snapshot(JsonNode frame, long now) {
        List<Line> lines = lines(frame);
        JsonNode resumed = frame.path("resumed");
        Boolean exactly = resumed.isBoolean() ? resumed.asBoolean() : null;
        report.add(new BrowserEvent.Snapshot(now, exactly, lines));
        closeGaps(lines);
        afterGap = Boolean.FALSE.equals(exactly) && !lines.isEmpty() ? lines.getFirst() : null;
        advance(frame);
    }

    private void live(JsonNode frame, long now) {
        List<Line> lines = lines(frame);
        report.add(new BrowserEvent.Lines(now, lines));
        afterGap = null;
        closeGaps(lines);
        advance(frame);
    }

    private void gap(JsonNode frame, long now) {
        var gap = new BrowserEvent.Gap(
                now, frame.path("reason").asText(), text(frame, "from"), text(frame, "to"), new GapFill());
        report.add(gap);
        if (afterGap == null) {
            open.add(gap);
        } else {
            filler.fill(service(), gap, afterGap);
            afterGap = null;
        }
    }

    private void closeGaps(List<Line> lines) {
        if (!lines.isEmpty()) {
            open.forEach(gap -> filler.fill(service(), gap, lines.getFirst()));
            open.clear();
        }
    }

    private void advance(JsonNode frame) {
        String next = text(frame, "cursor");
        cursor = next == null ? cursor : next;
    }

    private static List<Line> lines(JsonNode frame) {
        String streams = frame.path("streams").asText();
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < frame.path("logs").size(); i++) {
            lines.add(Line.ofWire(frame.path("logs").get(i).asText(), streams.charAt(i)));
        }
        return lines;
    }

    private static String text(JsonNode frame, String field) {
        return frame.path(field).isTextual() ? frame.path(field).asText() : null;
    }
}
