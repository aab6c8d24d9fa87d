package io.dockrelay.relay.signin.tokens;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.dockrelay.relay.signin.users.PrivateFolder;

/**
 * When each token was used last, on disk: a line with the id and the time of each. A file of its own, so that a use never
 * touches the hashes. Blocks: not for an event loop.
 */
public final class TokenUsesFile {

    static final String NAME = "token-uses";

    private final Path folder;
    private final Path file;

    public TokenUsesFile(Path folder) {
        this.folder = folder;
        this.file = folder.resolve(NAME);
    }

    /** The last use by the token's id; empty if there is no file. Other lines are ignored. */
    public Map<String, Instant> load() throws IOException {
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

    /** Replaces the file, and returns what it has. Later uses that another relay has added stay; tokens that are gone do not. */
    Map<String, Instant> save(Map<String, Instant> uses, Set<String> ids) throws IOException {
        Map<String, Instant> all = new HashMap<>(load());
        uses.forEach((id, used) -> all.merge(id, used, TokenUsesFile::later));
        all.keySet().retainAll(ids);
        String lines = all.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue().getEpochSecond() + "\n")
                .sorted()
                .collect(Collectors.joining());
        PrivateFolder.create(folder);
        PrivateFolder.replace(file, lines.getBytes(StandardCharsets.ISO_8859_1));
        return all;
    }

    static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
