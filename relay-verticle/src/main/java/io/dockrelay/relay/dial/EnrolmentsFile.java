package io.dockrelay.relay.dial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

import io.dockrelay.relay.signin.users.FileStamp;
import io.dockrelay.relay.signin.users.LockedFile;
import io.dockrelay.relay.signin.users.PrivateFolder;
import io.dockrelay.settings.SecretFiles;
import io.dockrelay.settings.SettingsException;

/**
 * The file of enrolments. An edit replaces the file as a whole, under a lock that holds for all processes, so that no reader
 * sees a part and no edit is lost. Fails with {@link SettingsException}, whose sentence names the file: for the operator. Blocks:
 * not for an event loop.
 */
final class EnrolmentsFile {

    private static final String NAME = "enrolments.json";

    private final Path file;

    /** @param folder of what the relay keeps */
    EnrolmentsFile(Path folder) {
        this.file = folder.toAbsolutePath().resolve(NAME);
    }

    /** The enrolments; none if there is no file. */
    Enrolments read() {
        SecretFiles.problemIfThere(file).ifPresent(problem -> {
            throw wrong(file + " cannot be used: " + problem + ".");
        });
        try {
            return EnrolmentsFormat.read(Files.readAllBytes(file));
        } catch (NoSuchFileException none) {
            return Enrolments.NONE;
        } catch (IOException unreadable) {
            throw wrong(file + " cannot be read: check its owner and its folder.");
        } catch (IllegalArgumentException broken) {
            throw wrong(file + ": " + broken.getMessage() + ".");
        }
    }

    /** Reads, edits and replaces; returns the result. An edit that throws or changes nothing leaves the file as it is. */
    Enrolments edit(UnaryOperator<Enrolments> edit) {
        try {
            return LockedFile.edit(file, () -> {
                Enrolments before = read();
                Enrolments edited = edit.apply(before);
                if (!edited.equals(before)) {
                    PrivateFolder.replace(file, EnrolmentsFormat.write(edited));
                }
                return edited;
            });
        } catch (IOException failed) {
            throw wrong(file + " cannot be written: the folder " + file.getParent()
                    + " must exist and be writable for the user of the relay.");
        }
    }

    FileStamp stamp() {
        return FileStamp.of(file);
    }

    private static SettingsException wrong(String sentence) {
        return new SettingsException(List.of(sentence));
    }
}
