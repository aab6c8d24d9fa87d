package io.dockrelay.record;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A record from its beginning to where it ended when the export began, in parts. Its lines are the bytes that were written; all
 * of them where nothing is filtered, so that the export can be verified too. For one thread at a time; blocks; its owner
 * closes it.
 */
public final class RecordExport implements Closeable {

    private static final int PART = 256 * 1024;

    /** Lines that one part reads at most, whether they are asked for or not. */
    private static final int MOST_LINES = 20_000;

    /** A file and its size when the export began. */
    private record Extent(Path file, long size) {}

    private final RecordFilter filter;
    private final Deque<Extent> rest;

    /** The file that is being read; null between two files. */
    private FileLines lines;

    private RecordExport(RecordFilter filter, List<Extent> files) {
        this.filter = filter;
        this.rest = new ArrayDeque<>(files);
    }

    public static RecordExport open(RecordFolder folder, RecordFilter filter) throws RecordException {
        List<Extent> files = new ArrayList<>();
        try {
            for (Path file : folder.list()) {
                try {
                    files.add(new Extent(file, Files.size(file)));
                } catch (NoSuchFileException rotated) {
                    files.clear();
                }
            }
        } catch (IOException failed) {
            throw RecordException.of(folder.files(), failed);
        }
        return new RecordExport(filter, files);
    }

    /** The next lines, each with its newline; may be empty; null at the end. */
    public byte[] next() throws RecordException {
        var part = new ByteArrayOutputStream(PART);
        int read = 0;
        while (part.size() < PART && read < MOST_LINES && !rest.isEmpty()) {
            Extent extent = rest.getFirst();
            try {
                lines = lines == null ? new FileLines(extent.file()) : lines;
                FileLines.Line line = lines.next();
                read++;
                if (line == null || !line.whole() || line.end() > extent.size()) {
                    endOfFile();
                } else if (isAskedFor(line)) {
                    part.writeBytes(line.bytes());
                    part.write('\n');
                }
            } catch (IOException failed) {
                throw RecordException.of(extent.file(), failed);
            }
        }
        return part.size() == 0 && rest.isEmpty() ? null : part.toByteArray();
    }

    @Override
    public void close() throws IOException {
        rest.clear();
        if (lines != null) {
            lines.close();
        }
    }

    private void endOfFile() throws IOException {
        lines.close();
        lines = null;
        Extent unused = rest.removeFirst();
    }

    private boolean isAskedFor(FileLines.Line line) {
        if (filter.equals(RecordFilter.ALL)) {
            return true;
        }
        try {
            return filter.accepts(LineFormat.read(line.bytes()).entry());
        } catch (IllegalArgumentException noLine) {
            return false;
        }
    }
}
