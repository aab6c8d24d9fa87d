package io.dockrelay.e2e.bench;

import java.util.List;

/** How the program is started. */
enum Topology {
    ONE_JVM("one JVM"),
    APART("apart");

    private final String words;

    Topology(String words) {
        this.words = words;
    }

    /** One process for each. */
    List<String> roles() {
        return this == ONE_JVM ? List.of("all") : List.of("controller", "relay");
    }

    @Override
    public String toString() {
        return words;
    }
}
