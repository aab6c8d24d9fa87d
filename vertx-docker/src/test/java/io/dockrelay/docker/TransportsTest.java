package io.dockrelay.docker;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Version;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.dockrelay.docker.DockerEngineException.Kind;
import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;

import static io.dockrelay.docker.EngineCalls.await;
import static io.dockrelay.docker.EngineCalls.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** All transports to an engine: native and NIO domain sockets, TCP, TLS. */
@OnRealEngine
class TransportsTest {

    private final Vertx vertx = EngineCalls.nativeVertx();

    @AfterEach
    void close() {
        await(vertx.close());
    }

    @Test
    void domainSocketWorksWithoutTheNativeTransport(TestEngine real) {
        Vertx plain = Vertx.vertx();
        DockerEngine engine = new HttpDockerEngine(plain, EngineCalls.at(real.host()));

        assertThat(plain.isNativeTransportEnabled()).isFalse();
        assertThat(versionOf(engine)).isEqualTo(real.docker("version", "--format", "{{.Server.Version}}"));

        await(plain.close());
    }

    @Test
    void nativeTransportIsAvailable() {
        assertThat(vertx.isNativeTransportEnabled()).isTrue();
    }

    @Test
    void tlsReachesAnEngine(@TempDir Path certificates) {
        Certificates.make(certificates);
        int tls = freePort();
        try (TestEngine own = TestEngine.create(
                "--host=tcp://127.0.0.1:" + tls,
                "--tlsverify",
                "--tlscacert=" + certificates.resolve("ca.pem"),
                "--tlscert=" + certificates.resolve("server.pem"),
                "--tlskey=" + certificates.resolve("server-key.pem"))) {
            overTls(own, certificates, tls);
        }
    }

    @Test
    void plainTcpReachesAnEngine() {
        int plain = freePort();
        try (TestEngine own = TestEngine.create("--host=tcp://127.0.0.1:" + plain, "--tls=false")) {
            DockerEngine engine = new HttpDockerEngine(
                    vertx, DockerHosts.discover(Map.of("DOCKER_HOST", "tcp://127.0.0.1:" + plain)));
            assertThat(versionOf(engine)).isNotEmpty();
            followsOver(engine, own);
            await(engine.close());
            inputPassesOver(EngineCalls.at("tcp://127.0.0.1:" + plain));
        }
    }

    private void overTls(TestEngine own, Path certificates, int port) {
        DockerClientConfig config = DockerHosts.discover(Map.of(
                "DOCKER_HOST",
                "tcp://localhost:" + port,
                "DOCKER_TLS_VERIFY",
                "1",
                "DOCKER_CERT_PATH",
                certificates.toString()));
        DockerEngine engine = new HttpDockerEngine(vertx, config);
        assertThat(versionOf(engine)).isNotEmpty();
        followsOver(engine, own);
        await(engine.close());

        DockerEngine anonymous = new HttpDockerEngine(vertx, EngineCalls.at("https://localhost:" + port));
        assertThat(failure(anonymous.call(docker -> docker.pingCmd().exec())).kind())
                .isEqualTo(Kind.UNREACHABLE);
        await(anonymous.close());

        // docker-java's own object instead of the folder's files.
        DockerEngine withContext = new HttpDockerEngine(vertx, Certificates.asContext(config, certificates));
        assertThat(versionOf(withContext)).isNotEmpty();
        await(withContext.close());

        inputPassesOver(config);
        inputPassesOver(Certificates.asContext(config, certificates));
    }

    /** The second program prints when its input has ended, so the end has to pass while the connection stays open. */
    private void inputPassesOver(DockerClientConfig config) {
        try (VertxDockerHttpClient http = new VertxDockerHttpClient.Builder()
                .vertx(vertx)
                .dockerHost(config.getDockerHost())
                .sslConfig(config.getSSLConfig())
                .build()) {
            DockerClient docker = DockerClientImpl.getInstance(config, http);
            assertThat(outputOf(docker, "sh", "-c", "read line; echo $line")).isEqualTo("b\n");
            assertThat(outputOf(docker, "sort")).isEqualTo("a\nb\n");
        }
    }

    private static String outputOf(DockerClient docker, String... program) {
        String id = docker.execCreateCmd("remote")
                .withCmd(program)
                .withAttachStdin(true)
                .withAttachStdout(true)
                .exec()
                .getId();
        FrameRecorder output = docker.execStartCmd(id)
                .withStdIn(new ByteArrayInputStream("b\na\n".getBytes(StandardCharsets.UTF_8)))
                .exec(new FrameRecorder());
        assertThat(output.ended).as("the end of %s", List.of(program)).succeedsWithin(Duration.ofSeconds(15));
        return output.text();
    }

    private static void followsOver(DockerEngine engine, TestEngine own) {
        own.run("remote", "echo over the wire; sleep 1000");
        LogRecorder log = await(LogRecorder.reading(engine.logs("remote", LogQuery.following(10, false))));
        org.awaitility.Awaitility.await().until(() -> log.out().endsWith("over the wire\n"));
        log.stream.cancel();
    }

    @Test
    void folderWithoutCertificatesIsRefusedWithTheMissingFile(@TempDir Path empty) {
        DockerClientConfig config = DockerHosts.discover(Map.of(
                "DOCKER_HOST", "tcp://localhost:1", "DOCKER_TLS_VERIFY", "1", "DOCKER_CERT_PATH", empty.toString()));

        assertThatThrownBy(() -> new HttpDockerEngine(vertx, config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("key.pem");
    }

    private static String versionOf(DockerEngine engine) {
        Version version = await(engine.call(docker -> docker.versionCmd().exec()));
        assertThat(engine.version().newestApi().toString()).isEqualTo(version.getApiVersion());
        return version.getVersion();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
