package io.dockrelay.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a record had when it was last written. The first one is written before the first line, and each is replaced as a whole
 * after lines are on disk: a record always has an anchor, may be ahead of it, and is never behind it. So it shows lines that
 * are missing at the end, and files that are missing at the beginning.
 *
 * @param sequence of the last line; 0 before the first one
 * @param line its hash
 * @param first the sequence of the oldest line that is kept
 * @param key the id of the key that seals this anchor; null without one
 */
record RecordAnchor(long sequence, String line, long first, String key) {

    private static final int LARGEST = 4096;

    /**
     * Empty when there is none.
     *
     * @throws IllegalArgumentException when it was changed, or is not of this form
     * @throws RecordException when it was written with a key that is not given
     */
    static Optional<RecordAnchor> read(Path file, Optional<RecordKey> key) throws IOException {
        Optional<byte[]> sealed = bytes(file);
        if (sealed.isEmpty()) {
            return Optional.empty();
        }
        JsonValues json = JsonValues.read(sealed.get());
        var anchor =
                new RecordAnchor(json.number("anchor"), json.given("line"), json.number("first"), json.text("key"));
        if (!LineSeal.named(file, anchor.key, key).holds(sealed.get())) {
            throw new IllegalArgumentException("its hash is wrong");
        }
        return Optional.of(anchor);
    }

    /** Whether it was written before the first line. */
    boolean isOfNothing() {
        return sequence == 0;
    }

    private static Optional<byte[]> bytes(Path file) throws IOException {
        try {
            if (Files.size(file) > LARGEST) {
                throw new IllegalArgumentException("it is too large");
            }
            byte[] line = Files.readAllBytes(file);
            int end = line.length > 0 && line[line.length - 1] == '\n' ? line.length - 1 : line.length;
            return Optional.of(Arrays.copyOf(line, end));
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        }
    }

    /**
     * Writes it beside the file, and then in its place. When this fails, the file is the one before; whether the replacement
     * lasts is certain only after {@link RecordFolder#force}.
     */
    void write(Path file, LineSeal seal) throws IOException {
        byte[] line = seal.seal(LineFormat.open(json -> {
            json.writeNumberField("anchor", sequence);
            json.writeStringField("line", line());
            json.writeNumberField("first", first);
            if (key != null) {
                json.writeStringField("key", key);
            }
        }));
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try (FileChannel out = OwnFiles.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.allocate(line.length + 1)
                    .put(line)
                    .put((byte) '\n')
                    .flip();
            while (bytes.hasRemaining()) {
                int unused = out.write(bytes);
            }
            out.force(true);
        }
        Path unused = Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
