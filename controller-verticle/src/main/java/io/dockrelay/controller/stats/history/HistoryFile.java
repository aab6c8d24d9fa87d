package io.dockrelay.controller.stats.history;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The histories on disk, in one file that is replaced as a whole. It is compressed, and the checksum of the compression
 * finds damage. Blocks: not for an event loop.
 */
final class HistoryFile {

    static final String NAME = "load-history.gz";

    /** "DRLH". */
    private static final int MAGIC = 0x44524C48;

    private static final int VERSION = 1;

    private static final Logger log = LoggerFactory.getLogger(HistoryFile.class);

    private final Path folder;
    private final Path file;

    /** @param folder made when it is missing; of this controller alone */
    HistoryFile(Path folder) {
        this.folder = folder;
        this.file = folder.resolve(NAME);
    }

    /** What was written last; empty, with a line in the log, when that cannot be used. */
    List<ContainerHistory> read(int stepMs) {
        try (var in = new DataInputStream(new GZIPInputStream(Files.newInputStream(file)))) {
            return read(in, stepMs);
        } catch (NoSuchFileException first) {
            return List.of();
        } catch (IOException | IllegalArgumentException unusable) {
            log.warn("the load history in {} cannot be used and will be replaced: {}", file, why(unusable));
            return List.of();
        }
    }

    /**
     * Begins a new file, which replaces the present one.
     *
     * @param count how many histories follow
     */
    HistoryWriter write(int count, int stepMs) throws IOException {
        Files.createDirectories(folder);
        var writer = new HistoryWriter(file);
        writer.begin(MAGIC, VERSION, stepMs, count);
        return writer;
    }

    /** The reason of a failure in words: some exceptions have only a path, or nothing. */
    static String why(Throwable failure) {
        return switch (failure) {
            case AccessDeniedException denied -> "there is no permission for " + denied.getFile();
            case FileAlreadyExistsException file -> file.getFile() + " is no folder";
            case EOFException unused -> "it ends too early";
            default -> failure.getMessage();
        };
    }

    private static List<ContainerHistory> read(DataInputStream in, int stepMs) throws IOException {
        check(in.readInt() == MAGIC, "it is no load history");
        int version = in.readInt();
        check(version == VERSION, "its version is " + version + ", not " + VERSION);
        int writtenStepMs = in.readInt();
        check(writtenStepMs > 0, "its step is " + writtenStepMs + " ms");
        int count = in.readInt();
        check(count >= 0 && count <= LoadHistories.MOST, "it has " + count + " histories");
        List<ContainerHistory> histories = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int length = in.readInt();
            check(length >= 0 && length <= HistoryFormat.MOST_BYTES, "a history has " + length + " bytes");
            histories.add(HistoryFormat.decode(in.readNBytes(length), writtenStepMs, stepMs));
        }
        // Reading the end checks the sum.
        check(in.read() < 0, "it goes on after its end");
        return histories;
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
