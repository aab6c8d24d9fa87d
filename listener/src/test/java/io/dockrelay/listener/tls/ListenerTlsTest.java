package io.dockrelay.listener.tls;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.ClientSSLOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.dockrelay.listener.ClientSocket;
import io.dockrelay.listener.HttpListener;
import io.dockrelay.listener.testing.TestAuthority;
import io.dockrelay.settings.AccessSettings;
import io.dockrelay.settings.Limits;
import io.dockrelay.settings.ListenAddress;
import io.dockrelay.settings.SettingsException;
import io.dockrelay.settings.TlsSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A listener with TLS, whose files change while clients are connected. */
class ListenerTlsTest {

    private static final AccessSettings ACCESS =
            new AccessSettings(List.of(), List.of(), List.of(), "hosts", "origins", "proxies");

    @TempDir
    private static Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final WebSocketClient sockets = vertx.createWebSocketClient();
    private TestAuthority authority;
    private TestAuthority.Issued files;

    @BeforeEach
    void issue() {
        authority = TestAuthority.in(folder, "ca");
        files = authority.issue("server");
    }

    @AfterEach
    void close() throws Exception {
        Object closed = get(vertx.close());
        assertThat(closed).isNull();
    }

    @Test
    void newFilesAreUsedWithoutEndingOpenConnections() throws Exception {
        int port = listen();
        BigInteger before = serial(port);
        BlockingQueue<String> echoes = new LinkedBlockingQueue<>();
        WebSocket socket = get(sockets.connect(new WebSocketConnectOptions()
                .setSslOptions(client())
                .setSsl(true)
                .setHost("localhost")
                .setPort(port)
                .setURI("/")));
        socket.textMessageHandler(echoes::add);

        Files.writeString(files.key(), "half of a new file");
        authority.issue("renewed").replace(files);
        until(() -> !serial(port).equals(before));

        Object written = get(socket.writeTextMessage("still here"));
        assertThat(written).isNull();
        assertThat(echoes.poll(10, TimeUnit.SECONDS)).isEqualTo("still here");
    }

    @Test
    void filesThatCannotBeUsedLeaveThoseBeforeInUse() throws Exception {
        int port = listen();
        BigInteger before = serial(port);
        var reload = new TlsReload(vertx, new PemFiles(files.cert(), files.key(), null));
        PemContent read = get(reload.load());

        assertThat(authority.issue("other").cert()).exists();
        Files.copy(folder.resolve("other.pem"), files.cert(), StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(() -> get(reload.load()))
                .hasRootCauseInstanceOf(SettingsException.class)
                .hasMessageContaining("is not the key of the certificate");
        assertThat(read).isNotNull();
        assertThat(serial(port)).isEqualTo(before);
    }

    @Test
    void browsersHaveToUseTlsWhereTheDefaultPortIsOurs() throws Exception {
        int port = listen();

        assertThat(strictTransport(port, "10.0.0.1")).isEqualTo("max-age=2592000");
        assertThat(strictTransport(port, "10.0.0.1:443")).isEqualTo("max-age=2592000");
        assertThat(strictTransport(port, "10.0.0.1:3000")).isNull();
        assertThat(strictTransport(port, "localhost")).isNull();
    }

    private String strictTransport(int port, String host) throws Exception {
        var client = vertx.createHttpClient();
        try {
            var request = get(client.request(new RequestOptions()
                    .setSsl(true)
                    .setSslOptions(client())
                    .setHost("localhost")
                    .setPort(port)
                    .setURI("/")
                    .putHeader("Host", host)));
            return get(request.send()).getHeader("Strict-Transport-Security");
        } finally {
            Object closed = get(client.close());
            assertThat(closed).isNull();
        }
    }

    @Test
    void handshakeThatDoesNotBeginIsCutWithinSeconds() throws Exception {
        int port = listen();
        HttpServerOptions options = get(new ListenerTls(vertx, settings()).secured(new HttpServerOptions()));
        assertThat(options.getSslHandshakeTimeoutUnit().toMillis(options.getSslHandshakeTimeout()))
                .isEqualTo(3_000);
        try (var silent = new Socket(InetAddress.getLoopbackAddress(), port)) {
            silent.setSoTimeout(30_000);
            assertThat(silent.getInputStream().read()).isNegative();
        }
    }

    @Test
    void privateKeyThatOthersCanReadIsRefusedWithTheCommandThatMendsIt() throws Exception {
        Files.setPosixFilePermissions(files.key(), PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(this::listen)
                .hasRootCauseInstanceOf(SettingsException.class)
                .hasMessageContaining("chmod 600 " + files.key());
    }

    @Test
    void onlyVersionsFrom12OnAreSpoken() throws Exception {
        PemContent content = get(new TlsReload(vertx, new PemFiles(files.cert(), files.key(), null)).load());

        assertThat(TlsOptions.server(content).getEnabledSecureTransportProtocols())
                .containsExactlyInAnyOrder("TLSv1.2", "TLSv1.3");
        assertThat(TlsOptions.client(content).getEnabledSecureTransportProtocols())
                .containsExactlyInAnyOrder("TLSv1.2", "TLSv1.3");
        assertThat(TlsOptions.client(PemContent.NONE).getHostnameVerificationAlgorithm())
                .isEqualTo("HTTPS");
        assertThat(content.toString()).doesNotContain("PRIVATE");
    }

    @Test
    void expiredCertificateIsReported() throws Exception {
        TestAuthority.Issued expired = authority.issue("expired", "DNS:localhost", -1);
        var pem = new PemFiles(expired.cert(), expired.key(), null);

        assertThat(PemCheck.warning(pem, pem.read(), Instant.now()))
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("has expired"));
    }

    private TlsSettings settings() {
        return new TlsSettings(files.cert(), files.key(), Optional.empty(), "cert", "key", null);
    }

    private int listen() throws Exception {
        var server = new Server();
        assertThat(get(vertx.deployVerticle(server))).isNotEmpty();
        return server.port;
    }

    private ClientSSLOptions client() throws Exception {
        return TlsOptions.client(get(new TlsReload(vertx, new PemFiles(null, null, authority.ca())).load()));
    }

    /** Of the certificate that a new connection gets. */
    private BigInteger serial(int port) throws Exception {
        var client = vertx.createHttpClient();
        try {
            var request = get(client.request(new RequestOptions()
                    .setSsl(true)
                    .setSslOptions(client())
                    .setMethod(HttpMethod.GET)
                    .setHost("localhost")
                    .setPort(port)
                    .setURI("/")));
            var certificate =
                    (X509Certificate) request.connection().peerCertificates().getFirst();
            assertThat(get(request.send()).statusCode()).isEqualTo(404);
            return certificate.getSerialNumber();
        } finally {
            Object closed = get(client.close());
            assertThat(closed).isNull();
        }
    }

    private static void until(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).isLessThan(end);
        }
    }

    private static <T> T get(Future<T> future) throws Exception {
        try {
            return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause().getMessage(), failed.getCause());
        }
    }

    /** Echoes what clients send. */
    private final class Server extends VerticleBase {

        private HttpListener listener;
        private volatile int port;

        @Override
        public Future<?> start() {
            listener = new HttpListener(
                            vertx,
                            new ListenAddress("127.0.0.1", 0, "port (PORT)", "bind (BIND)"),
                            ACCESS,
                            new Limits(100, 10, 10))
                    .tls(settings())
                    .webSockets(Set.of("/"), Server::echo);
            assertThat(listener.isTls()).isTrue();
            return listener.open().onSuccess(opened -> port = opened);
        }

        @Override
        public Future<?> stop() {
            return listener.close();
        }

        private static void echo(ClientSocket client) {
            client.onMessage(text -> assertThat(client.out().offer(text)).isTrue());
        }
    }
}
