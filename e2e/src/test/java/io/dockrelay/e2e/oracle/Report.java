package io.dockrelay.e2e.oracle;

import java.util.ArrayList;
import java.util.List;

/** Everything that one browser received of one service's log. Written by the browser's thread, read by any thread. */
final class Report {

    private final String browser;
    private final String service;
    private final List<BrowserEvent> events = new ArrayList<>();
    private long lines;
    private Line last;

    Report(String browser, String service) {
        this.browser = browser;
        this.service = service;
    }

    String browser() {
        return browser;
    }

    String service() {
        return service;
    }

    synchronized void add(BrowserEvent event) {
        events.add(event);
        lines += event.seen().size();
        last = event.seen().isEmpty() ? last : event.seen().getLast();
    }

    synchronized List<BrowserEvent> events() {
        return List.copyOf(events);
    }

    synchronized long lines() {
        return lines;
    }

    /** The newest line received; null before the first. */
    synchronized Line last() {
        return last;
    }
}
