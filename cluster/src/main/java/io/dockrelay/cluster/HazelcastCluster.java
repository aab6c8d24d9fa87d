package io.dockrelay.cluster;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.spi.cluster.hazelcast.ConfigUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.settings.ClusterProvider;
import io.dockrelay.settings.ClusterSettings;
import io.dockrelay.settings.LoopbackHost;
import io.dockrelay.settings.SettingsException;

/**
 * Creates a Hazelcast cluster manager whose members are configured by address: no multicast, no cloud discovery, no
 * telemetry; or by a DNS name in Kubernetes. {@code cluster.xml} has everything that is the same in every cluster.
 */
public final class HazelcastCluster implements ClusterProvider {

    /** Must be set before Hazelcast's first log line, which precedes its configuration. */
    private static final String LOGGING = "hazelcast.logging.type";

    private static final Logger log = LoggerFactory.getLogger(HazelcastCluster.class);

    @Override
    public ClusterManager create(ClusterSettings settings) {
        if (System.getProperty(LOGGING) == null) {
            System.setProperty(LOGGING, "slf4j");
        }
        return new AgreeingMember(config(settings), settings.tls().isPresent());
    }

    static Config config(ClusterSettings settings) {
        Config config = ConfigUtil.loadConfig().setClusterName(settings.name());
        NetworkConfig network = config.getNetworkConfig().setPort(settings.port());
        network.getInterfaces().setInterfaces(List.of(addressOf(settings.host())));
        JoinConfig join = network.getJoin();
        join.getTcpIpConfig()
                .setMembers(settings.members().stream()
                        .flatMap(member -> addresses(member, settings.port()))
                        .toList());
        settings.kubernetesService().ifPresent(service -> findByDns(join, service, settings.port()));
        return config;
    }

    /**
     * The addresses of a possible member, none if its name is unknown now: Hazelcast ignores names that are not of the own
     * interface. Without a port it tries ten, as several members on one machine need it. Each attempt at a closed port takes five
     * seconds, also when two halves of a cluster look for each other, so another machine is tried at one port.
     */
    private static Stream<String> addresses(String member, int port) {
        HostAndPort named = HostAndPort.parseAuthority(member, port);
        if (named == null || LoopbackHost.is(named.host())) {
            return Stream.of(member);
        }
        try {
            return Stream.of(InetAddress.getAllByName(named.host()))
                    .map(InetAddress::getHostAddress)
                    .map(address -> (address.contains(":") ? "[" + address + "]" : address) + ":" + named.port());
        } catch (UnknownHostException unknown) {
            log.info("[cluster] {} is not known now: it has to find this member", member);
            return Stream.empty();
        }
    }

    /** By DNS only: the other way asks the API of Kubernetes, and needs a role for that. */
    private static void findByDns(JoinConfig join, String service, int port) {
        join.getTcpIpConfig().setEnabled(false);
        join.getKubernetesConfig()
                .setEnabled(true)
                .setProperty("service-dns", service)
                .setProperty("service-port", Integer.toString(port));
    }

    /** Hazelcast needs its interface as an address that the other members can connect to. */
    private static String addressOf(String host) {
        try {
            InetAddress address = InetAddress.getByName(host);
            if (address.isAnyLocalAddress() || NetworkInterface.getByInetAddress(address) == null) {
                throw wrong(host, address.getHostAddress() + " is not one of its addresses");
            }
            return address.getHostAddress();
        } catch (UnknownHostException unknown) {
            throw wrong(host, "the name is unknown");
        } catch (SocketException unreadable) {
            throw wrong(host, unreadable.getMessage());
        }
    }

    private static SettingsException wrong(String host, String reason) {
        return new SettingsException(List.of("cluster.json: host (CLUSTER_HOST) is \"" + host
                + "\", but must be a name or an address of this machine: " + reason + "."));
    }
}
