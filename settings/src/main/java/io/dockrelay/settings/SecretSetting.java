package io.dockrelay.settings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A setting whose value is a secret: given as it is, or in a file of its own. Two keys, of which one may be set. The file is
 * read once, at start.
 */
record SecretSetting(Key<Optional<Secret>> value, Key<Optional<Path>> file, Format<Secret> format) {

    private static final Logger log = LoggerFactory.getLogger(SecretSetting.class);

    /**
     * @param name of the key; that of the file is followed by {@code File}
     * @param environment of the value; that of the file is followed by {@code _FILE}
     * @param format of the secret, here and in the file
     */
    static SecretSetting of(
            String name, String environment, Format<Secret> format, String meaning, String meaningOfFile) {
        return new SecretSetting(
                Key.secret(name, environment, format.orEmpty(), meaning),
                Key.of(name + "File", environment + "_FILE", Formats.anyFile().orEmpty(), meaningOfFile),
                format);
    }

    List<Key<?>> keys() {
        return List.of(value, file);
    }

    /** Empty if neither is set, and after an error, which the reader has. */
    Optional<Secret> read(SettingsReader reader) {
        Optional<Secret> given = reader.get(value);
        Optional<Path> path = reader.get(file);
        if (given.isPresent() && path.isPresent()) {
            reader.wrong(file, value.title() + " is set too: remove one of them");
        }
        return given.isPresent() ? given : path.flatMap(there -> inFile(reader, there));
    }

    /** The same, where a file that is missing is made with a random value. */
    Optional<Secret> readOrMake(SettingsReader reader) {
        if (reader.get(value).isEmpty()) {
            reader.get(file).ifPresent(path -> make(reader, path));
        }
        return read(reader);
    }

    /** Another program of this machine may make it at the same time: whatever file is there then is read. */
    private void make(SettingsReader reader, Path path) {
        try {
            if (SecretFiles.make(path)) {
                log.info("{} did not exist: it was made, with a new random value", path);
            }
        } catch (IOException | UnsupportedOperationException impossible) {
            reader.wrong(file, "there is no such file, and none can be made there: create it, or its folder");
        }
    }

    private Optional<Secret> inFile(SettingsReader reader, Path path) {
        Optional<String> problem = SecretFiles.problem(path);
        if (problem.isPresent()) {
            reader.wrong(file, problem.get());
            return Optional.empty();
        }
        try {
            Optional<Secret> secret = format.fromText().apply(SecretFiles.read(path));
            if (secret.isEmpty()) {
                reader.wrong(file, "what is in it must be " + format.expected());
            }
            return secret;
        } catch (IOException unreadable) {
            reader.wrong(file, "it cannot be read");
            return Optional.empty();
        }
    }
}
