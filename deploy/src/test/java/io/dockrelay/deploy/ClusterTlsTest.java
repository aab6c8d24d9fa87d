package io.dockrelay.deploy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.dockrelay.listener.testing.TestAuthority;
import io.dockrelay.listener.testing.TestAuthority.Issued;
import io.dockrelay.settings.ClusterSettings;
import io.dockrelay.settings.SettingsException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The event bus between two members, with certificates of one issuer. */
class ClusterTlsTest {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private TestAuthority authority;
    private int membership;
    private final List<Vertx> open = new ArrayList<>();

    @BeforeEach
    void makeIssuer() throws IOException {
        authority = TestAuthority.in(folder, "members");
        membership = freePort();
    }

    @AfterEach
    void leave() throws Exception {
        for (Vertx vertx : open) {
            assertThat((Object) get(vertx.close())).isNull();
        }
    }

    @Test
    void membersOfOneIssuerReachEachOtherAndStrangersDoNot() throws Exception {
        int busPort = freePort();
        Vertx one = join(busPort, authority.issue("one"), authority.ca());
        answerOn(one);
        Vertx two = join(0, authority.issue("two"), authority.ca());

        assertThat(ask(two)).isEqualTo("answered");
        assertThatThrownBy(() -> peer(busPort, null)).isInstanceOf(ExecutionException.class);
        TestAuthority foreign = TestAuthority.in(folder, "foreign");
        assertThatThrownBy(() -> peer(busPort, foreign.issue("stranger"))).isInstanceOf(ExecutionException.class);

        Vertx three = join(0, foreign.issue("three"), foreign.ca());
        assertThat(ask(three)).as("it could join, but the bus refuses it").isNotEqualTo("answered");
    }

    @Test
    void changedCertificateIsUsedWithoutARestart() throws Exception {
        int busPort = freePort();
        Issued cert = authority.issue("before");
        Vertx one = join(busPort, cert, authority.ca());
        answerOn(one);
        Issued visitor = authority.issue("visitor");
        assertThat(peer(busPort, visitor)).isEqualTo("CN=before");

        authority.issue("after").replace(cert);

        long end = System.nanoTime() + LONGEST.toNanos();
        while (!peer(busPort, visitor).equals("CN=after")) {
            assertThat(System.nanoTime()).as("still the certificate before").isLessThan(end);
        }
        Vertx two = join(0, authority.issue("two"), authority.ca());
        assertThat(ask(two)).isEqualTo("answered");
    }

    @Test
    void memberWithoutTlsIsRefusedWithASentence() throws Exception {
        assertThat(join(0, authority.issue("one"), authority.ca()).isClustered())
                .isTrue();

        assertThatThrownBy(() -> join(Optional.empty()))
                .hasCauseInstanceOf(SettingsException.class)
                .hasMessageContaining("tlsCert (CLUSTER_TLS_CERT) is empty here, but set at the member 127.0.0.1:");
    }

    @Test
    void memberWithTlsIsRefusedByThoseWithout() throws Exception {
        assertThat(join(Optional.empty()).isClustered()).isTrue();

        assertThatThrownBy(() -> join(0, authority.issue("one"), authority.ca()))
                .hasCauseInstanceOf(SettingsException.class)
                .hasMessageContaining("tlsCert (CLUSTER_TLS_CERT) is set here, but not at the member 127.0.0.1:");
    }

    private Vertx join(int busPort, Issued issued, Path ca) throws Exception {
        return join(Optional.of(new JsonObject()
                .put("busPort", busPort)
                .put("tlsCert", issued.cert().toString())
                .put("tlsKey", issued.key().toString())
                .put("tlsCa", ca.toString())));
    }

    /** As the launcher joins: the settings, then the certificates, then the cluster. */
    private Vertx join(Optional<JsonObject> more) throws Exception {
        JsonObject config = new JsonObject()
                .put("name", "tls-" + membership)
                .put("port", membership)
                .put("environment", new JsonObject());
        more.ifPresent(config::mergeIn);
        Vertx single = Vertx.vertx();
        try {
            ClusterSettings settings = get(ClusterSettings.load(single, config));
            Vertx vertx = get(Cluster.options(single, settings, new VertxOptions())
                    .compose(options -> Cluster.join(settings, options)));
            open.add(vertx);
            return vertx;
        } finally {
            assertThat((Object) get(single.close())).isNull();
        }
    }

    private static void answerOn(Vertx vertx) throws Exception {
        Object ready = get(vertx.eventBus()
                .<String>consumer("question", question -> question.reply("answered"))
                .completion());
        assertThat(ready).isNull();
    }

    private static String ask(Vertx vertx) throws Exception {
        var options = new DeliveryOptions().setSendTimeout(5_000);
        Object answer = get(vertx.eventBus()
                .request("question", "?", options)
                .<Object>map(Message::body)
                .otherwise(Throwable::getMessage));
        return String.valueOf(answer);
    }

    /** The subject of the certificate at this port, for a program with this one; it fails if the handshake does. */
    private String peer(int port, Issued own) throws Exception {
        NetClientOptions tls = new NetClientOptions()
                .setSsl(true)
                .setTrustAll(true)
                .setHostnameVerificationAlgorithm("")
                // The refusal is a part of the handshake there.
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.2"));
        if (own != null) {
            tls.setKeyCertOptions(new PemKeyCertOptions()
                    .addCertPath(own.cert().toString())
                    .addKeyPath(own.key().toString()));
        }
        Vertx vertx = Vertx.vertx();
        try {
            var client = vertx.createNetClient(tls);
            return get(client.connect(port, "127.0.0.1").map(socket -> {
                try {
                    X509Certificate shown =
                            (X509Certificate) socket.peerCertificates().getFirst();
                    return shown.getSubjectX500Principal().getName();
                } catch (javax.net.ssl.SSLPeerUnverifiedException none) {
                    throw new IllegalStateException(none);
                }
            }));
        } finally {
            assertThat((Object) get(vertx.close())).isNull();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
