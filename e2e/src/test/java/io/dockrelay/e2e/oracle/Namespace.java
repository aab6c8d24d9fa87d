package io.dockrelay.e2e.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.dockrelay.e2e.harness.Program;
import io.dockrelay.e2e.harness.Shell;

/**
 * A network namespace for the relay, and a pair of virtual interfaces to it, on which the kernel can simulate a bad
 * network. Needs root; ends with {@link #close()}.
 */
final class Namespace implements AutoCloseable {

    private static final Shell SHELL = new Shell(Map.of());

    private final String name;
    private final int subnet;
    /** The arguments of tc for a bad network; null when the kernel supports none. */
    private final String badNetwork;

    /** Removes the namespace when the run is ended by a signal. */
    private final Thread lastResort = new Thread(this::remove, "namespace-last-resort");

    private Namespace(String name, int subnet, String badNetwork) {
        this.name = name;
        this.subnet = subnet;
        this.badNetwork = badNetwork;
    }

    /** Null, after a printed sentence, when namespaces or the kernel's traffic control are not available. */
    static Namespace create() {
        long pid = ProcessHandle.current().pid();
        var namespace = new Namespace("dr" + pid, (int) (pid % 200) + 20, null);
        if (!SHELL.succeeds(namespace.creation())) {
            namespace.remove();
            System.out.println("skipped: tc in a network namespace; no namespace can be created on this machine");
            return null;
        }
        for (String means : List.of("netem delay 60ms 20ms loss 1%", "tbf rate 1mbit burst 16kb latency 300ms")) {
            String begin = namespace.begin(means);
            if (SHELL.succeeds(begin + " && " + namespace.end())) {
                var usable = new Namespace(namespace.name, namespace.subnet, means);
                Runtime.getRuntime().addShutdownHook(usable.lastResort);
                return usable;
            }
        }
        namespace.remove();
        System.out.println("skipped: tc in a network namespace; this kernel has neither netem nor tbf");
        return null;
    }

    /** The address outside of the namespace. */
    String outside() {
        return "10.219." + subnet + ".1";
    }

    /** The address inside of the namespace. */
    String inside() {
        return "10.219." + subnet + ".2";
    }

    /** The bad network's properties, as arguments of tc. */
    String means() {
        return badNetwork;
    }

    /** Starts a program in the namespace. */
    Program start(String role, Map<String, String> environment, List<String> command) {
        List<String> inside = new ArrayList<>(List.of("ip", "netns", "exec", name));
        inside.addAll(command);
        return Program.run(role, environment, inside);
    }

    void bad() {
        SHELL.run(begin(badNetwork));
    }

    void good() {
        SHELL.run(end());
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(lastResort);
        remove();
    }

    private void remove() {
        SHELL.run("ip link delete " + networkInterface() + " 2>/dev/null; ip netns delete " + name
                + " 2>/dev/null; true");
    }

    private String networkInterface() {
        return "ve" + name;
    }

    private String creation() {
        return "PATH=$PATH:/usr/sbin; set -e; ip netns add NS; ip link add CABLE type veth peer name eth0 netns NS; "
                        .replace("NS", name)
                        .replace("CABLE", networkInterface())
                + "ip addr add " + outside() + "/30 dev " + networkInterface() + "; ip link set " + networkInterface()
                + " up; "
                + inNamespace("addr add " + inside() + "/30 dev eth0") + inNamespace("link set eth0 up")
                + inNamespace("link set lo up");
    }

    private String inNamespace(String command) {
        return "ip -n " + name + " " + command + "; ";
    }

    private String begin(String means) {
        return "PATH=$PATH:/usr/sbin; tc qdisc add dev " + networkInterface() + " root " + means;
    }

    private String end() {
        return "PATH=$PATH:/usr/sbin; tc qdisc del dev " + networkInterface() + " root";
    }
}
