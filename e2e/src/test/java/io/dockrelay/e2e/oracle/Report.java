package io.dockrelay.e2e.oracle;

import java.util.ArrayList;
import java.util.List;

/** All that one browser saw of one service's log. Written by the browser's thread, read by anyone. */
final class Report {

    private final String browser;
    private final String service;
    private final List<Sighting> sightings = new ArrayList<>();
    private long lines;

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

    synchronized void add(Sighting sighting) {
        sightings.add(sighting);
        lines += sighting.seen().size();
    }

    synchronized List<Sighting> sightings() {
        return List.copyOf(sightings);
    }

    synchronized long lines() {
        return lines;
    }

    /** The newest lines that came, at most so many sightings back. */
    synchronized boolean sawLately(Line line) {
        for (int i = sightings.size() - 1; i >= Math.max(0, sightings.size() - 2_000); i--) {
            if (sightings.get(i).seen().contains(line)) {
                return true;
            }
        }
        return false;
    }
}
