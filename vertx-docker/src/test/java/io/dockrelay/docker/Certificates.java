package io.dockrelay.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.LocalDirectorySSLConfig;
import com.github.dockerjava.core.SSLConfig;

/** Makes a CA, a server and a client certificate with openssl, with the file names that DOCKER_CERT_PATH expects. */
final class Certificates {

    private Certificates() {}

    static void make(Path folder) {
        write(folder.resolve("server.ext"), "subjectAltName=DNS:localhost,IP:127.0.0.1\n");
        write(folder.resolve("client.ext"), "extendedKeyUsage=clientAuth\n");
        openssl(folder, "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=test-ca -keyout ca-key.pem -out ca.pem");
        sign(folder, "server", "server-key.pem", "server.pem");
        sign(folder, "client", "key.pem", "cert.pem");
    }

    /** The same certificates in an SSLConfig that is not a folder. */
    @SuppressWarnings("deprecation") // the builder takes no other SSLConfig
    static DockerClientConfig asContext(DockerClientConfig config, Path folder) {
        SSLConfig opaque = () -> new LocalDirectorySSLConfig(folder.toString()).getSSLContext();
        URI host = config.getDockerHost();
        return new DefaultDockerClientConfig.Builder()
                .withDockerHost(host.toString())
                .withDockerConfig("/nowhere")
                .withCustomSslConfig(opaque)
                .build();
    }

    private static void sign(Path folder, String name, String key, String certificate) {
        openssl(folder, "req -newkey rsa:2048 -nodes -subj /CN=" + name + " -keyout " + key + " -out " + name + ".csr");
        openssl(
                folder,
                "x509 -req -days 2 -in " + name + ".csr -CA ca.pem -CAkey ca-key.pem -CAcreateserial -extfile " + name
                        + ".ext -out " + certificate);
    }

    private static void openssl(Path folder, String arguments) {
        List<String> command = new java.util.ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments.split(" ", -1)));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("openssl.log").toFile())
                    .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException("openssl failed: " + Files.readString(folder.resolve("openssl.log")));
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
}
