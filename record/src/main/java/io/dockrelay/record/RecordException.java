package io.dockrelay.record;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** The record cannot be written or read; the message names the file and the reason. */
public final class RecordException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    RecordException(String message) {
        super(message);
    }

    private RecordException(String message, IOException cause) {
        super(message, cause);
    }

    /** @param file that was read or written */
    static RecordException of(Path file, IOException cause) {
        if (cause instanceof RecordException already) {
            return already;
        }
        Path named = cause instanceof FileSystemException system && system.getFile() != null
                ? Path.of(system.getFile())
                : file;
        return new RecordException(named + ": " + why(cause), cause);
    }

    /** The reason in words: some exceptions have only a path, or nothing. */
    private static String why(IOException cause) {
        return switch (cause) {
            case AccessDeniedException denied -> "there is no permission";
            case NoSuchFileException missing -> "it does not exist";
            case FileAlreadyExistsException there -> "it is in the way";
            case NotDirectoryException file -> "it is no folder";
            case FileSystemException system when system.getReason() != null -> system.getReason();
            default -> String.valueOf(cause.getMessage());
        };
    }
}
