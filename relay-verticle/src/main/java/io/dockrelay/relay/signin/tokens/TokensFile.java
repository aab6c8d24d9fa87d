package io.dockrelay.relay.signin.tokens;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

import io.dockrelay.relay.signin.users.FileStamp;
import io.dockrelay.relay.signin.users.LockedFile;
import io.dockrelay.relay.signin.users.PrivateFolder;
import io.dockrelay.settings.SecretFiles;

/**
 * The tokens file. An edit replaces the file as a whole, under a lock that holds for all processes, so that no reader sees a
 * part and no edit is lost. Fails with {@link TokensFileException}. Blocks: not for an event loop.
 */
public final class TokensFile {

    private static final String NAME = "tokens.json";

    private final Path file;

    /** @param folder of what sign-in keeps */
    public TokensFile(Path folder) {
        this.file = folder.toAbsolutePath().resolve(NAME);
    }

    public Path path() {
        return file;
    }

    /** The tokens; none if there is no file. */
    public Tokens read() {
        SecretFiles.problemIfThere(file).ifPresent(problem -> {
            throw new TokensFileException(file + " cannot be used: " + problem);
        });
        try {
            return TokensFormat.read(Files.readAllBytes(file));
        } catch (NoSuchFileException none) {
            return Tokens.NONE;
        } catch (IOException unreadable) {
            throw new TokensFileException(file + " cannot be read: check its owner and its folder");
        } catch (TokensException broken) {
            throw new TokensFileException(file + ": " + broken.getMessage());
        }
    }

    /** Reads, edits and replaces; returns the result. An edit that throws or changes nothing leaves the file as it is. */
    public Tokens edit(UnaryOperator<Tokens> edit) {
        return edit(edit, false);
    }

    /** The same where a file that is missing was lost: what is not in it any more would end all tokens. */
    Tokens editKnown(UnaryOperator<Tokens> edit) {
        return edit(edit, true);
    }

    private Tokens edit(UnaryOperator<Tokens> edit, boolean mustExist) {
        try {
            return LockedFile.edit(file, () -> {
                if (mustExist && Files.notExists(file)) {
                    throw new TokensFileException(
                            file + " is missing: put it back, or restart the relay to begin without tokens");
                }
                Tokens before = read();
                Tokens edited = edit.apply(before);
                if (!edited.equals(before)) {
                    PrivateFolder.replace(file, TokensFormat.write(edited));
                }
                return edited;
            });
        } catch (IOException failed) {
            throw new TokensFileException(file + " cannot be written: run this as its owner; the folder "
                    + file.getParent() + " must exist and be writable for this user");
        }
    }

    FileStamp stamp() {
        return FileStamp.of(file);
    }
}
