package io.dockrelay.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import static io.dockrelay.settings.Formats.integer;
import static io.dockrelay.settings.Formats.key32;
import static io.dockrelay.settings.Formats.newFolder;

/**
 * Where a relay records actions. Immutable.
 *
 * @param folder of the record's files; empty: nothing is recorded
 * @param anchorFolder of the file that names the last line; empty: the same
 * @param key that seals the lines; empty: they have a hash that anyone can compute
 * @param fileBytes a larger file is followed by a new one
 * @param files that are kept
 */
public record RecordSettings(
        Optional<Path> folder, Optional<Path> anchorFolder, Optional<Secret> key, long fileBytes, int files) {

    private static final long MEBIBYTE = 1024 * 1024;

    static final Key<Optional<Path>> FOLDER = Key.of(
            "recordFolder",
            "RELAY_RECORD_FOLDER",
            newFolder().orEmpty(),
            "A folder of this relay alone, for the record of every action, refusal and change of rights; empty: nothing is"
                    + " recorded.");
    static final Key<Optional<Path>> ANCHOR_FOLDER = Key.of(
            "recordAnchorFolder",
            "RELAY_RECORD_ANCHOR_FOLDER",
            newFolder().orEmpty(),
            "Another folder for the file that names the record's last line, best on another disk; empty: `recordFolder`.");
    static final SecretSetting KEY = SecretSetting.of(
            "recordKey",
            "RELAY_RECORD_KEY",
            key32(),
            "32 bytes in base64 that seal each line of the record, so that a line can be made with them only; empty: none.",
            "A file with that key, in place of `recordKey`; only its owner may read it.");
    static final Key<Integer> FILE_SIZE = Key.of(
            "recordFileSize",
            "RELAY_RECORD_FILE_SIZE",
            integer(1, 1024),
            "The size of one file of the record in MiB; a larger one is followed by a new one.");
    static final Key<Integer> FILES = Key.of(
            "recordFiles",
            "RELAY_RECORD_FILES",
            integer(2, 10_000),
            "The number of files of the record that are kept; the oldest are deleted.");

    static final List<Key<?>> KEYS = List.of(FOLDER, ANCHOR_FOLDER, KEY.value(), KEY.file(), FILE_SIZE, FILES);

    static RecordSettings read(SettingsReader reader) {
        return new RecordSettings(
                reader.get(FOLDER),
                reader.get(ANCHOR_FOLDER),
                KEY.read(reader),
                reader.get(FILE_SIZE) * MEBIBYTE,
                reader.get(FILES));
    }
}
