package io.dockrelay.docker;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import com.github.dockerjava.core.DockerClientConfig;
import com.google.common.hash.Hashing;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DockerHostsTest {

    @TempDir
    private Path machine;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void home() {
        environment.put("HOME", machine.resolve("home").toString());
        environment.put("XDG_RUNTIME_DIR", machine.resolve("run").toString());
    }

    @Test
    void dockerHostTakesPrecedence() throws IOException {
        context("remote", "tcp://elsewhere:1");
        environment.put("DOCKER_CONTEXT", "remote");
        environment.put("DOCKER_HOST", "unix:///named.sock");
        environment.put("DOCKER_API_VERSION", "1.40");

        DockerClientConfig config = discover();

        assertThat(config.getDockerHost()).hasToString("unix:///named.sock");
        assertThat(config.getApiVersion().getVersion()).isEqualTo("1.40");
        assertThat(config.getSSLConfig()).isNull();
    }

    @Test
    void socketPathMayContainABlankAndAPercentSign() {
        environment.put("DOCKER_HOST", "unix:///tmp/my docker/100%25/docker.sock");

        Endpoint endpoint = Endpoint.of(discover().getDockerHost(), false);

        assertThat(endpoint.socket()).isEqualTo("/tmp/my docker/100%25/docker.sock");
        assertThat(endpoint.text()).isEqualTo("unix:///tmp/my docker/100%25/docker.sock");
    }

    @Test
    void addressThatIsNoneIsRefusedWithASentence() {
        environment.put("DOCKER_HOST", "tcp://my host:2375");

        assertThatThrownBy(this::discover)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tcp://my host:2375")
                .hasMessageContaining("tcp://host:port");
    }

    @Test
    void verificationWithoutCertificatesIsRefusedWithASentence() {
        environment.put("DOCKER_HOST", "tcp://engine:2376");
        environment.put("DOCKER_TLS_VERIFY", "1");
        environment.put("DOCKER_CERT_PATH", machine.resolve("none").toString());

        assertThatThrownBy(this::discover)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(machine.resolve("none").toString());
    }

    @Test
    void namedContextTakesPrecedenceOverTheCurrentOne() throws IOException {
        context("named", "tcp://named:1");
        context("current", "tcp://current:2");
        Files.writeString(machine.resolve("home/.docker/config.json"), "{\"currentContext\":\"current\"}");

        assertThat(discover().getDockerHost()).hasToString("tcp://current:2");
        environment.put("DOCKER_CONTEXT", "named");
        assertThat(discover().getDockerHost()).hasToString("tcp://named:1");
        environment.put("DOCKER_CONTEXT", "default");
        assertThat(discover().getDockerHost()).hasToString("unix://" + machine.resolve("docker.sock"));
        environment.put("DOCKER_CONTEXT", "typo");
        assertThatThrownBy(this::discover).hasMessageContaining("\"typo\"").hasMessageContaining("docker context ls");
    }

    @Test
    void contextProvidesItsCertificates() throws IOException {
        context("secure", "tcp://secure:2376");
        Path certificates = Files.createDirectories(machine.resolve("home/.docker/contexts/tls")
                .resolve(hash("secure"))
                .resolve("docker"));
        environment.put("DOCKER_CONTEXT", "secure");

        DockerClientConfig config = discover();

        assertThat(Endpoint.of(config.getDockerHost(), config.getSSLConfig() != null)
                        .tls())
                .isTrue();
        assertThat(config.getSSLConfig()).hasToString("LocalDirectorySSLConfig{dockerCertPath=" + certificates + "}");
    }

    @Test
    void firstSocketThatAcceptsAConnectionIsUsed() throws IOException {
        // The socket of a dead engine is only a file.
        Files.createFile(machine.resolve("docker.sock"));
        try (ServerSocketChannel podman = listen(machine.resolve("run/podman/podman.sock"))) {
            assertThat(podman.isOpen()).isTrue();
            assertThat(discover().getDockerHost()).hasToString("unix://" + machine.resolve("run/podman/podman.sock"));
            try (ServerSocketChannel rootless = listen(machine.resolve("run/docker.sock"))) {
                assertThat(rootless.isOpen()).isTrue();
                assertThat(discover().getDockerHost()).hasToString("unix://" + machine.resolve("run/docker.sock"));
            }
        }
    }

    @Test
    void defaultSocketIsUsedWhenNothingListens() {
        environment.put("DOCKER_HOST", " ");
        assertThat(discover().getDockerHost()).hasToString("unix://" + machine.resolve("docker.sock"));
    }

    private DockerClientConfig discover() {
        return DockerHosts.discover(environment, machine.resolve("docker.sock"), machine.resolve("podman.sock"));
    }

    private void context(String name, String host) throws IOException {
        Path folder = Files.createDirectories(
                machine.resolve("home/.docker/contexts/meta").resolve(hash(name)));
        Files.writeString(
                folder.resolve("meta.json"),
                "{\"Name\":\"" + name + "\",\"Endpoints\":{\"docker\":{\"Host\":\"" + host + "\"}}}");
    }

    private static String hash(String name) {
        return Hashing.sha256().hashString(name, StandardCharsets.UTF_8).toString();
    }

    private static ServerSocketChannel listen(Path socket) throws IOException {
        Files.createDirectories(socket.getParent());
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
    }
}
