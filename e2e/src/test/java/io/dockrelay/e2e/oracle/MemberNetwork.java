package io.dockrelay.e2e.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.dockrelay.e2e.harness.Program;
import io.dockrelay.e2e.harness.Shell;

/**
 * A network namespace for each member of a cluster, on one bridge that the test is connected to as well. Needs root; ends with
 * {@link #close()}, at the latest with the JVM.
 */
final class MemberNetwork implements AutoCloseable {

    private static final Shell SHELL = new Shell(Map.of());
    private static final int FIRST = 11;

    private final long pid = ProcessHandle.current().pid();
    private final String prefix = "10.220." + ((int) (pid % 200) + 20) + ".";
    private final List<String> members;
    private final Thread lastResort = new Thread(this::remove, "members-last-resort");

    private MemberNetwork(List<String> members) {
        this.members = List.copyOf(members);
    }

    /** @param members names of at most two characters */
    static MemberNetwork create(List<String> members) {
        var network = new MemberNetwork(members);
        network.remove();
        Runtime.getRuntime().addShutdownHook(network.lastResort);
        try {
            network.build();
            return network;
        } catch (RuntimeException | Error failed) {
            network.close();
            throw failed;
        }
    }

    String address(String member) {
        return prefix + (FIRST + members.indexOf(member));
    }

    List<String> addresses() {
        return members.stream().map(this::address).toList();
    }

    /** Starts a program in a member's namespace. */
    Program start(String member, Map<String, String> environment, List<String> command) {
        List<String> inside = new ArrayList<>(List.of("ip", "netns", "exec", namespace(member)));
        inside.addAll(command);
        return Program.run(member, environment, inside);
    }

    /** From everything, its browsers too. */
    void cut(String member) {
        run("ip link set " + cable(member) + " down");
    }

    void connect(String member) {
        run("ip link set " + cable(member) + " up");
    }

    /** From the other members; its browsers reach it. */
    void splitOff(String member) {
        others(member).forEach(other -> run("ip -n " + namespace(member) + " route add blackhole " + other));
    }

    void join(String member) {
        others(member).forEach(other -> run("ip -n " + namespace(member) + " route del blackhole " + other));
    }

    /** Slow, with lost packets where the kernel can do that. */
    void bad(String member) {
        run(
                "tc qdisc add dev CABLE root netem delay 60ms 20ms loss 1% || tc qdisc add dev CABLE root tbf rate 1mbit burst 16kb latency 300ms"
                        .replace("CABLE", cable(member)));
    }

    void good(String member) {
        run("tc qdisc del dev " + cable(member) + " root");
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(lastResort);
        remove();
    }

    private List<String> others(String member) {
        return members.stream()
                .filter(other -> !other.equals(member))
                .map(this::address)
                .toList();
    }

    private void build() {
        run("ip link add " + bridge() + " type bridge && ip addr add " + prefix + "1/24 dev " + bridge()
                + " && ip link set " + bridge() + " up");
        for (String member : members) {
            String namespace = namespace(member);
            run(
                    "set -e; ip netns add NS; ip link add CABLE type veth peer name eth0 netns NS; ip link set CABLE master BRIDGE;"
                                    .replace("NS", namespace)
                                    .replace("CABLE", cable(member))
                                    .replace("BRIDGE", bridge())
                            + " ip link set " + cable(member) + " up; ip -n " + namespace + " addr add "
                            + address(member)
                            + "/24 dev eth0; ip -n " + namespace + " link set eth0 up; ip -n " + namespace
                            + " link set lo up");
        }
    }

    private void remove() {
        for (String member : members) {
            run("ip link delete " + cable(member) + " 2>/dev/null; ip netns delete " + namespace(member)
                    + " 2>/dev/null; true");
        }
        run("ip link delete " + bridge() + " 2>/dev/null; true");
    }

    private String bridge() {
        return "db" + pid;
    }

    private String namespace(String member) {
        return "dm" + pid + member;
    }

    private String cable(String member) {
        return "dc" + pid + member;
    }

    private static void run(String command) {
        SHELL.run("PATH=$PATH:/usr/sbin; " + command);
    }
}
