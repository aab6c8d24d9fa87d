package io.dockrelay.record;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a record is. Each of its files is named by the sequence of its first line, so that their names have their order.
 * Immutable.
 *
 * @param files the folder of the record's files
 * @param anchors the folder of the anchor; the same one unless it is kept apart
 */
public record RecordFolder(Path files, Path anchors) {

    private static final Pattern NAME = Pattern.compile("record-(\\d{12})\\.jsonl");
    private static final String ANCHOR = "anchor.json";
    private static final String LOCK = "lock";

    public RecordFolder {
        files = files.toAbsolutePath().normalize();
        anchors = anchors.toAbsolutePath().normalize();
    }

    /** @param anchors empty: beside the files */
    public static RecordFolder of(Path files, Optional<Path> anchors) {
        return new RecordFolder(files, anchors.orElse(files));
    }

    Path anchor() {
        return anchors.resolve(ANCHOR);
    }

    Path lock() {
        return files.resolve(LOCK);
    }

    Path file(long first) {
        return files.resolve("record-%012d.jsonl".formatted(first));
    }

    /** The sequence of the first line of a file, by its name. */
    static long firstOf(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (!name.matches()) {
            throw new IllegalArgumentException(file + " is no file of a record");
        }
        return Long.parseLong(name.group(1));
    }

    /** The record's files, oldest first; none when the folder does not exist. */
    List<Path> list() throws IOException {
        try (Stream<Path> all = Files.list(files)) {
            return all.filter(
                            file -> NAME.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        } catch (NoSuchFileException missing) {
            return List.of();
        }
    }

    void create() throws IOException {
        OwnFiles.createFolder(files);
        OwnFiles.createFolder(anchors);
    }

    /** Makes the creation or the renaming of a file in this folder last. */
    static void force(Path folder) throws IOException {
        try (FileChannel opened = FileChannel.open(folder, StandardOpenOption.READ)) {
            opened.force(true);
        }
    }
}
