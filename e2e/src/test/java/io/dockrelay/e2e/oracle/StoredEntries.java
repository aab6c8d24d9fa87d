package io.dockrelay.e2e.oracle;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Reads the files of Docker's json-file driver, entry by entry, and joins the 16 KiB chunks of a long line: an entry
 * without a newline is continued by the next one of its stream, if that has the same timestamp. One instance for each
 * container, its files in the order in which the engine wrote them.
 */
final class StoredEntries {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final boolean terminal;
    private final List<StoredLine> lines = new ArrayList<>();
    private final Map<Character, Pending> pending = new LinkedHashMap<>();

    /** @param terminal whether the container has a terminal, so that its lines end with carriage return and newline */
    StoredEntries(boolean terminal) {
        this.terminal = terminal;
    }

    void read(Segment segment) {
        try (BufferedReader entries = Files.newBufferedReader(segment.kept(), StandardCharsets.UTF_8)) {
            for (String entry = entries.readLine(); entry != null; entry = entries.readLine()) {
                entry(entry, segment);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All lines so far, including an unterminated last one. */
    List<StoredLine> lines() {
        List.copyOf(pending.keySet()).forEach(this::flush);
        return lines;
    }

    void entry(String json, Segment segment) {
        JsonNode entry;
        try {
            entry = JSON.readTree(json);
        } catch (JsonProcessingException tornByAKilledEngine) {
            return;
        }
        String time = entry.path("time").asText();
        if (time.isEmpty()) {
            return;
        }
        char stream = entry.path("stream").asText().equals("stderr") ? 'e' : 'o';
        String log = entry.path("log").asText();
        Pending begun = pending.get(stream);
        if (begun != null && !begun.time.equals(time)) {
            flush(stream);
            begun = null;
        }
        String text = begun == null ? log : begun.text + log;
        pending.put(stream, new Pending(time, text, segment));
        if (log.endsWith("\n")) {
            flush(stream);
        }
    }

    private void flush(char stream) {
        Pending whole = pending.remove(stream);
        String text = whole.text;
        if (text.endsWith("\n")) {
            text = text.substring(0, text.length() - 1);
        }
        if (terminal && text.endsWith("\r")) {
            text = text.substring(0, text.length() - 1);
        }
        lines.add(new StoredLine(Line.of(Instant.parse(whole.time), stream, text), whole.segment));
    }

    private record Pending(String time, String text, Segment segment) {}
}
