package io.dockrelay.relay.signin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

import io.dockrelay.relay.signin.users.PrivateFolder;
import io.dockrelay.settings.Secret;
import io.dockrelay.settings.SecretFiles;
import io.dockrelay.settings.SessionSettings;
import io.dockrelay.settings.SettingsException;

/**
 * The key of the sessions: that of the settings, or one in the data folder, which the first start makes. Fails with {@link
 * SettingsException}. Blocks: not for an event loop.
 */
final class SessionKeyFile {

    static final String NAME = "session.key";

    private static final int KEY_BYTES = 32;

    private SessionKeyFile() {}

    static byte[] key(SessionSettings settings) {
        return settings.key().map(Secret::bytes).orElseGet(() -> inFolder(settings.folder()));
    }

    private static byte[] inFolder(Path folder) {
        Path file = folder.resolve(NAME);
        try {
            PrivateFolder.create(folder);
            if (Files.notExists(file)) {
                byte[] made = new byte[KEY_BYTES];
                new SecureRandom().nextBytes(made);
                PrivateFolder.createNew(
                        file, Base64.getEncoder().encodeToString(made).getBytes(StandardCharsets.US_ASCII));
            }
            SecretFiles.problem(file).ifPresent(problem -> {
                throw new SettingsException(
                        List.of("The session key cannot be read from " + file + ": " + problem + "."));
            });
            return decoded(file);
        } catch (IOException failed) {
            throw new SettingsException(
                    List.of("The session key " + file + " can be neither read nor made: check that this"
                            + " user may write to the folder dataFolder (RELAY_DATA_FOLDER)."));
        }
    }

    private static byte[] decoded(Path file) throws IOException {
        try {
            byte[] key = Base64.getDecoder().decode(Files.readString(file).strip());
            if (key.length == KEY_BYTES) {
                return key;
            }
        } catch (IllegalArgumentException noBase64) {
            // The sentence is the same as for another length.
        }
        throw new SettingsException(List.of("The session key " + file
                + " must be 32 bytes in base64; remove it, then the next start makes a new one and all users sign in"
                + " again."));
    }
}
