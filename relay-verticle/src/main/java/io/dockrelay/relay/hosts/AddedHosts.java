package io.dockrelay.relay.hosts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

import io.dockrelay.relay.signin.users.LockedFile;
import io.dockrelay.relay.signin.users.PrivateFolder;

/**
 * The file of the hosts that were added while a relay runs. An edit replaces it as a whole. It has no secrets. Blocks: not for
 * an event loop.
 */
final class AddedHosts {

    private static final String NAME = "hosts.json";

    private final Path file;

    /** @param folder of what the relay keeps */
    AddedHosts(Path folder) {
        this.file = folder.toAbsolutePath().resolve(NAME);
    }

    Path file() {
        return file;
    }

    /**
     * None if there is no file.
     *
     * @throws IllegalArgumentException with a sentence, if it cannot be used
     */
    List<HostEntry> read() {
        try {
            return HostsFormat.read(Files.readAllBytes(file));
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("it cannot be read", unreadable);
        }
    }

    void edit(UnaryOperator<List<HostEntry>> edit) throws IOException {
        Object unused = LockedFile.edit(file, () -> {
            PrivateFolder.replace(file, HostsFormat.write(edit.apply(read())));
            return file;
        });
    }
}
