package io.dockrelay.controller.dial;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.dockrelay.settings.SecretFiles;
import io.dockrelay.settings.SettingsException;

/**
 * The file with a controller's key, for its owner only, replaced as a whole. Fails with {@link SettingsException}. Blocks: not
 * for an event loop.
 */
final class RelayKeyFile {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path file;

    RelayKeyFile(Path file) {
        this.file = file;
    }

    Path path() {
        return file;
    }

    /** What is kept; nothing if there is no file. */
    KeptKey read() {
        SecretFiles.problemIfThere(file).ifPresent(problem -> {
            throw wrong(file + " cannot be used: " + problem + ".");
        });
        try {
            return MAPPER.readValue(Files.readAllBytes(file), KeptKey.class);
        } catch (NoSuchFileException none) {
            return KeptKey.NONE;
        } catch (IOException broken) {
            throw wrong(file
                    + " is not as this program writes it: remove it, and set enrolToken (ENROL_TOKEN) to a new token.");
        }
    }

    /** A crash leaves the old one or the new one. */
    KeptKey write(KeptKey now) {
        try {
            Path folder = file.getParent();
            Files.createDirectories(folder);
            // Readable for its owner only.
            Path aside = Files.createTempFile(folder, ".relay-key", ".new");
            try {
                try (FileChannel out = FileChannel.open(aside, StandardOpenOption.WRITE)) {
                    ByteBuffer rest = ByteBuffer.wrap(MAPPER.writeValueAsBytes(now));
                    while (rest.hasRemaining()) {
                        int unused = out.write(rest);
                    }
                    out.force(true);
                }
                Path unused =
                        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                boolean unused = Files.deleteIfExists(aside);
            }
            return now;
        } catch (IOException failed) {
            throw wrong(
                    file + " cannot be written: its folder must exist and be writable for the user of the controller.");
        }
    }

    private static SettingsException wrong(String sentence) {
        return new SettingsException(List.of(sentence));
    }
}
