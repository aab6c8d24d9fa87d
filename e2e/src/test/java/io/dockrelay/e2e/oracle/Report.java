package io.dockrelay.e2e.oracle;

import java.util.ArrayList;
import java.util.List;

/** All that one browser saw of one service's log. Written by the browser's thread, read by anyone. */
final class Report {

    private final String browser;
    private final String service;
    private final List<BrowserEvent> sightings = new ArrayList<>();
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

    synchronized void add(BrowserEvent sighting) {
        sightings.add(sighting);
        lines += sighting.seen().size();
        last = sighting.seen().isEmpty() ? last : sighting.seen().getLast();
    }

    synchronized List<BrowserEvent> sightings() {
        return List.copyOf(sightings);
    }

    synchronized long lines() {
        return lines;
    }

    /** The newest line that came; null before the first. */
    synchronized Line last() {
        return last;
    }
}
