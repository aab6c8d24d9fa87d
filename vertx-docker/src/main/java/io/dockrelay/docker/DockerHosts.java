package io.dockrelay.docker;

import java.io.File;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerConfigFile;
import com.github.dockerjava.core.DockerContextMetaFile;

/**
 * Finds the engine for an environment, as the docker command line does, and looks in a few more places.
 *
 * <ol>
 *   <li>DOCKER_HOST, with DOCKER_TLS_VERIFY and DOCKER_CERT_PATH (by default the config folder);
 *   <li>the context of DOCKER_CONTEXT, else the current one of {@code config.json}, with its certificates;
 *   <li>the first socket that accepts a connection: {@code /var/run/docker.sock}, rootless Docker's, Docker Desktop's,
 *       Podman's of this user, Podman's of the system;
 *   <li>{@code unix:///var/run/docker.sock}; the failure of the first call then says why it cannot be reached.
 * </ol>
 *
 * <p>The config folder is DOCKER_CONFIG, else {@code .docker} in HOME; DOCKER_API_VERSION is the newest version to use.
 * Blocks while it reads two small files and connects to local sockets.
 */
public final class DockerHosts {

    private static final ObjectMapper JSON = DockerClientConfig.getDefaultObjectMapper();
    private static final String DEFAULT_SOCKET = "/var/run/docker.sock";
    private static final String PODMAN_SOCKET = "/run/podman/podman.sock";

    /** The command line's name for no context; without it docker-java would add the current context's certificates. */
    private static final String NO_CONTEXT = "default";

    private DockerHosts() {}

    /** {@link #discover(Map)} with this process's environment. */
    public static DockerClientConfig discover() {
        return discover(System.getenv());
    }

    /**
     * @param environment variables by name; blank ones count as unset
     * @throws IllegalArgumentException when DOCKER_HOST is no address, certificates are missing, DOCKER_CONTEXT names a
     *     context that does not exist, or config.json is unreadable; the message is a sentence for the operator
     */
    public static DockerClientConfig discover(Map<String, String> environment) {
        return discover(environment, Path.of(DEFAULT_SOCKET), Path.of(PODMAN_SOCKET));
    }

    static DockerClientConfig discover(Map<String, String> environment, Path system, Path podman) {
        try {
            return find(environment, system, podman);
        } catch (DockerClientException rejected) {
            // docker-java's own checks, such as for a folder of certificates that does not exist.
            throw new IllegalArgumentException(rejected.getMessage(), rejected);
        }
    }

    private static DockerClientConfig find(Map<String, String> environment, Path system, Path podman) {
        DockerEnvironment known = new DockerEnvironment(environment);
        DefaultDockerClientConfig.Builder builder = new DefaultDockerClientConfig.Builder()
                .withDockerConfig(known.configFolder().toString())
                .withApiVersion(known.value("DOCKER_API_VERSION"));
        String host = known.value("DOCKER_HOST");
        if (host != null) {
            return withCertificates(builder, known)
                    .withDockerHost(encoded(host))
                    .withDockerContext(NO_CONTEXT)
                    .build();
        }
        String context = context(known);
        if (context != null) {
            return builder.withDockerContext(context).build();
        }
        Path socket = firstThatAccepts(candidates(known, system, podman));
        return builder.withDockerHost(encoded(Endpoint.SOCKET_SCHEME + socket))
                .withDockerContext(NO_CONTEXT)
                .build();
    }

    /** docker-java reads a URI, where a path with a blank has to be escaped; the docker command accepts it as it is. */
    private static String encoded(String host) {
        try {
            return host.startsWith(Endpoint.SOCKET_SCHEME)
                    ? Endpoint.SOCKET_SCHEME + new URI(null, null, path(host), null).getRawPath()
                    : new URI(host).toString();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "DOCKER_HOST is \"" + host + "\", which is no address: " + e.getReason()
                            + "; write unix:///path or tcp://host:port",
                    e);
        }
    }

    /** With one slash at its start: two would begin a host name. */
    private static String path(String host) {
        return host.substring(Endpoint.SOCKET_SCHEME.length()).replaceFirst("^/+", "/");
    }

    private static DefaultDockerClientConfig.Builder withCertificates(
            DefaultDockerClientConfig.Builder builder, DockerEnvironment known) {
        if (known.value("DOCKER_TLS_VERIFY") == null) {
            return builder;
        }
        return builder.withDockerTlsVerify(true)
                .withDockerCertPath(
                        known.valueOr("DOCKER_CERT_PATH", known.configFolder().toString()));
    }

    private static String context(DockerEnvironment known) {
        File folder = known.configFolder().toFile();
        String context = known.valueOr("DOCKER_CONTEXT", current(folder));
        if (context == null || NO_CONTEXT.equals(context)) {
            return null;
        }
        if (DockerContextMetaFile.resolveContextMetaFile(JSON, folder, context).isEmpty()) {
            // docker-java would use the default socket without a message.
            throw new IllegalArgumentException("There is no Docker context \"" + context + "\" in " + folder
                    + "; run 'docker context ls' for a list");
        }
        return context;
    }

    private static String current(File folder) {
        try {
            return DockerConfigFile.loadConfig(JSON, folder.toString()).getCurrentContext();
        } catch (IOException e) {
            throw new IllegalArgumentException("Cannot read config.json in " + folder + ": " + e.getMessage(), e);
        }
    }

    private static List<Path> candidates(DockerEnvironment known, Path system, Path podman) {
        Path runtime = known.runtimeFolder();
        return List.of(
                system,
                runtime.resolve("docker.sock"),
                known.home().resolve(".docker/run/docker.sock"),
                known.home().resolve(".docker/desktop/docker.sock"),
                runtime.resolve("podman/podman.sock"),
                podman);
    }

    private static Path firstThatAccepts(List<Path> sockets) {
        return sockets.stream().filter(DockerHosts::accepts).findFirst().orElse(sockets.get(0));
    }

    private static boolean accepts(Path socket) {
        if (Files.notExists(socket)) {
            return false;
        }
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException noListener) {
            return false;
        }
    }
}
