package io.dockrelay.e2e.bench;

import java.util.List;

/** The processes of which the program consists. */
enum Topology {
    ONE_JVM("one JVM"),
    APART("apart");

    private final String words;

    Topology(String words) {
        this.words = words;
    }

    /** One process per part. */
    List<String> roles() {
        return this == ONE_JVM ? List.of("all") : List.of("controller", "relay");
    }

    @Override
    public String toString() {
        return words;
    }
}
