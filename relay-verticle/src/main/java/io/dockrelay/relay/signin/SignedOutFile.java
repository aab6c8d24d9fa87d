package io.dockrelay.relay.signin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

import io.dockrelay.relay.signin.users.FileStamp;
import io.dockrelay.relay.signin.users.LockedFile;
import io.dockrelay.relay.signin.users.PrivateFolder;

/**
 * The sessions that were ended before their time, on disk: a line with the id and the end of each. Blocks: not for an event
 * loop.
 */
final class SignedOutFile {

    static final String NAME = "signed-out";

    private final Path file;

    SignedOutFile(Path folder) {
        this.file = folder.toAbsolutePath().resolve(NAME);
    }

    Path path() {
        return file;
    }

    /** When each would have ended anyway; empty if there is no file. Other lines are ignored. */
    Map<String, Instant> load() throws IOException {
        Map<String, Instant> loaded = new HashMap<>();
        try {
            for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
                String[] parts = line.split(" ", -1);
                if (parts.length == 2 && parts[1].matches("\\d{1,11}")) {
                    loaded.put(parts[0], Instant.ofEpochSecond(Long.parseLong(parts[1])));
                }
            }
        } catch (NoSuchFileException first) {
            return Map.of();
        }
        return loaded;
    }

    /** Adds to the file. What another relay adds at the same time stays. */
    void save(Map<String, Instant> ended, Instant now) throws IOException {
        int unused = LockedFile.edit(file, () -> merge(ended, now));
    }

    /** Of the file as it is now. */
    FileStamp stamp() {
        return FileStamp.of(file);
    }

    /** Returns how many are in the file. */
    private int merge(Map<String, Instant> ended, Instant now) throws IOException {
        Map<String, Instant> all = new HashMap<>(load());
        all.putAll(ended);
        all.values().removeIf(end -> !now.isBefore(end));
        String lines = all.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue().getEpochSecond() + "\n")
                .sorted()
                .collect(Collectors.joining());
        PrivateFolder.replace(file, lines.getBytes(StandardCharsets.ISO_8859_1));
        return all.size();
    }
}
