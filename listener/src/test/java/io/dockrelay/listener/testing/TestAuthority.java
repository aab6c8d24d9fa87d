package io.dockrelay.listener.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** An issuer of certificates, made by openssl in a folder. */
public final class TestAuthority {

    private final Path folder;
    private final String name;

    /** A certificate and its private key, in PEM. */
    public record Issued(Path cert, Path key) {

        /** Replaces the files of another one, whose paths stay. */
        public void replace(Issued other) {
            copy(cert, other.cert);
            copy(key, other.key);
        }
    }

    private TestAuthority(Path folder, String name) {
        this.folder = folder;
        this.name = name;
    }

    /** A new issuer, whose own certificate is valid for two days. */
    public static TestAuthority in(Path folder, String name) {
        var authority = new TestAuthority(folder, name);
        authority.key(authority.path("-key.pem"));
        authority.openssl(
                "req -x509 -new -key " + name + "-key.pem -days 2 -subj /CN=" + name + " -out " + name + ".pem");
        return authority;
    }

    /** The issuer's own certificate. */
    public Path ca() {
        return path(".pem");
    }

    /** For {@code localhost} and {@code 127.0.0.1}. */
    public Issued issue(String subject) {
        return issue(subject, "DNS:localhost,IP:127.0.0.1", 2);
    }

    /**
     * A certificate.
     *
     * @param names as openssl writes them: {@code DNS:localhost,IP:127.0.0.1}
     * @param days from now to its end; -1: it has expired
     */
    public Issued issue(String subject, String names, int days) {
        Path key = folder.resolve(subject + "-key.pem");
        key(key);
        write(folder.resolve(subject + ".ext"), "subjectAltName=" + names + "\n");
        openssl("req -new -key " + subject + "-key.pem -subj /CN=" + subject + " -out " + subject + ".csr");
        openssl("x509 -req -days " + days + " -in " + subject + ".csr -CA " + name + ".pem -CAkey " + name
                + "-key.pem -CAcreateserial -extfile " + subject + ".ext -out " + subject + ".pem");
        return new Issued(folder.resolve(subject + ".pem"), key);
    }

    private void key(Path file) {
        openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out " + file.getFileName());
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path path(String end) {
        return folder.resolve(name + end);
    }

    private void openssl(String arguments) {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments.split(" ", -1)));
        Path log = folder.resolve("openssl.log");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException("openssl " + arguments + " failed: " + Files.readString(log));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("This test needs openssl; run 'apt-get install openssl'", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
