package io.dockrelay.e2e.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The results of a run of all parts as a page of the documentation, {@code docs/bench/results.md}. */
final class ResultsPage {

    private final Map<String, String> settings;
    private final String table;

    /** By part, in the order in which they ran. */
    private final Map<Part, String> profiles = new LinkedHashMap<>();

    ResultsPage(Map<String, String> settings, String table) {
        this.settings = settings;
        this.table = table;
    }

    /** Where the CPU time of a part that missed a goal goes. */
    void add(Part part, String profile) {
        profiles.put(part, profile);
    }

    void write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text());
    }

    private String text() {
        var text = new StringBuilder("""
                <!-- Written by ./bench when it runs all parts; do not edit. README.md explains the figures. -->
                # Results of the last full run

                | | |
                |---|---|
                """);
        settings.forEach((key, value) ->
                text.append("| ").append(key).append(" | ").append(value).append(" |\n"));
        text.append('\n').append(table);
        profiles.forEach((part, profile) -> text.append("\n## Where the CPU time goes in ")
                .append(part)
                .append("\n```\n")
                .append(profile.stripTrailing())
                .append("\n```\n"));
        return text.toString();
    }
}
