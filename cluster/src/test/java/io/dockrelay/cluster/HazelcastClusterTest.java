package io.dockrelay.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.dockrelay.settings.ClusterProvider;
import io.dockrelay.settings.ClusterSettings;
import io.dockrelay.settings.SettingsException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

class HazelcastClusterTest {

    @Test
    void onlyConfiguredMembersAreContacted() {
        Config config = HazelcastCluster.config(settings(5701));
        JoinConfig join = config.getNetworkConfig().getJoin();

        assertThat(join.getMulticastConfig().isEnabled()).isFalse();
        assertThat(join.getAutoDetectionConfig().isEnabled()).isFalse();
        assertThat(join.getTcpIpConfig().getMembers()).containsExactly("127.0.0.1");
        assertThat(config.getProperty("hazelcast.phone.home.enabled")).isEqualTo("false");
        assertThat(config.getProperty("hazelcast.socket.bind.any")).isEqualTo("false");
        assertThat(config.getNetworkConfig().getInterfaces().getInterfaces()).containsExactly("127.0.0.1");
    }

    /** Each further port would delay the end of a split by five seconds. */
    @Test
    void memberOnAnotherMachineIsLookedForAtOnePort() {
        ClusterSettings settings = new ClusterSettings(
                true,
                "x",
                "127.0.0.1",
                5801,
                0,
                List.of("10.1.2.3", "10.1.2.4:5901", "[2001:db8::1]", "localhost", "no-such-host.invalid"),
                Optional.empty(),
                Optional.empty());

        assertThat(HazelcastCluster.config(settings)
                        .getNetworkConfig()
                        .getJoin()
                        .getTcpIpConfig()
                        .getMembers())
                .containsExactly("10.1.2.3:5801", "10.1.2.4:5901", "[2001:db8:0:0:0:0:0:1]:5801", "localhost");
    }

    @Test
    void serviceOfKubernetesIsResolvedByDnsWithoutItsApi() {
        ClusterSettings settings = new ClusterSettings(
                true, "x", "127.0.0.1", 5701, 0, List.of("a"), Optional.of("members.example.svc"), Optional.empty());

        JoinConfig join = HazelcastCluster.config(settings).getNetworkConfig().getJoin();

        assertThat(join.getTcpIpConfig().isEnabled()).isFalse();
        assertThat(join.getMulticastConfig().isEnabled()).isFalse();
        assertThat(join.getKubernetesConfig().isEnabled()).isTrue();
        assertThat(join.getKubernetesConfig().getProperties())
                .containsOnly(entry("service-dns", "members.example.svc"), entry("service-port", "5701"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such-host.invalid", "203.0.113.1", "0.0.0.0"})
    void foreignHostIsNamedInTheError(String host) {
        ClusterSettings settings =
                new ClusterSettings(true, "x", host, 5701, 0, List.of(), Optional.empty(), Optional.empty());

        assertThatThrownBy(() -> HazelcastCluster.config(settings))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("host (CLUSTER_HOST) is \"" + host + "\"");
    }

    @Test
    void twoMembersOnOneMachineShareABus() throws Exception {
        ClusterSettings settings = settings(freePort());
        Vertx one = get(clustered(settings));
        Vertx two = get(clustered(settings));
        try {
            Promise<String> heard = Promise.promise();
            get(one.eventBus()
                    .<String>consumer("greeting", message -> heard.complete(message.body()))
                    .completion());
            two.eventBus().publish("greeting", "hello");

            assertThat(get(heard.future())).isEqualTo("hello");
        } finally {
            get(two.close());
            get(one.close());
        }
    }

    private static Future<Vertx> clustered(ClusterSettings settings) {
        ClusterProvider provider =
                ServiceLoader.load(ClusterProvider.class).findFirst().orElseThrow();
        return Vertx.builder()
                .with(new VertxOptions().setEventBusOptions(new EventBusOptions().setHost(settings.host())))
                .withClusterManager(provider.create(settings))
                .buildClustered();
    }

    private static ClusterSettings settings(int port) {
        return new ClusterSettings(
                true, "test-" + port, "127.0.0.1", port, 0, List.of("127.0.0.1"), Optional.empty(), Optional.empty());
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
