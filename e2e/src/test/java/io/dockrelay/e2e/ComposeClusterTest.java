package io.dockrelay.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.e2e.harness.Await;
import io.dockrelay.e2e.harness.Checkout;
import io.dockrelay.e2e.harness.CursorReader;
import io.dockrelay.e2e.harness.Rest;
import io.dockrelay.e2e.harness.Shell;

import static org.assertj.core.api.Assertions.assertThat;

/** compose.cluster.yaml with an image of the jars that are built already: two relays behind a proxy, and two controllers. */
@Tag("engine")
class ComposeClusterTest {

    private static final Duration UP = Duration.ofMinutes(2);
    private static final String IMAGE = "dockrelay:cluster-test";

    /** A tree with programs of this machine and their libraries, as an image. */
    private static final String MAKE_IMAGE = """
            set -e; PATH=$PATH:/usr/sbin; tree=$(mktemp -d); trap 'rm -rf "$tree"' EXIT
            for file in PROGRAMS $(ldd PROGRAMS | grep -oE '/[^ :]+ ' | sort -u); do
              mkdir -p "$tree${file%/*}"; cp -L "$file" "$tree$file"
            done
            mkdir -p "$tree/bin" "$tree/tmp" "$tree/usr/lib/ssl"; cp "$(command -v busybox)" "$tree/bin/busybox"
            for applet in sh mv rm chmod nc; do ln -s busybox "$tree/bin/$applet"; done
            [ ! -e /etc/ssl/openssl.cnf ] || cp /etc/ssl/openssl.cnf "$tree/usr/lib/ssl/"
            tar -C "$tree" -c . | docker import - IMAGE
            """;

    @Test
    void relaysAreRestartedOneAfterTheOtherAndNoLineIsLost(@TempDir Path folder) throws IOException {
        try (TestEngine engine =
                TestEngine.create("--default-address-pool", "base=10.218.0.0/16,size=24", "--ip-forward=false")) {
            engine.run("feeder", "trap 'exit 0' TERM; i=0; while :; do i=$((i+1)); echo $i; usleep 50000; done");
            Map<String, String> environment = environment(engine, folder);
            var shell = new Shell(environment);
            makeImages(shell, engine, folder);
            String compose = "docker compose -f deploy/compose.cluster.yaml ";
            try {
                shell.run(compose + "up -d");
                var page = new Rest("http://127.0.0.1:" + environment.get("DASHBOARD_PORT"));
                Await.until(
                        "both controllers at the page",
                        UP,
                        () -> page.answers("/api/data")
                                && page.get("/api/data").text().contains("controller-2")
                                && page.get("/api/data").text().contains("feeder"));
                assertMembershipIsClosed(shell);
                assertRollingRestart(shell, compose, environment);
            } catch (AssertionError failed) {
                throw new AssertionError(failed.getMessage() + "\n" + shell.run(compose + "logs --tail 60"), failed);
            } finally {
                shell.run(compose + "down --timeout 5 --volumes");
            }
        }
    }

    private static void assertRollingRestart(Shell shell, String compose, Map<String, String> environment) {
        String url = "ws://127.0.0.1:" + environment.get("DASHBOARD_PORT") + "/ws";
        try (var one = new CursorReader(url, "feeder");
                var two = new CursorReader(url, "feeder")) {
            List<CursorReader> readers = List.of(one, two);
            for (String relay : List.of("relay-1", "relay-2")) {
                awaitLines(readers);
                shell.run(compose + "restart --timeout 10 " + relay);
                Await.until(
                        "healthy again",
                        UP,
                        () -> shell.run(compose + "ps " + relay).contains("(healthy)"));
            }
            awaitLines(readers);
            shell.run(compose + "kill relay-1");
            awaitLines(readers);

            assertThat(one.closeCodes().size() + two.closeCodes().size()).isGreaterThanOrEqualTo(2);
            for (CursorReader reader : readers) {
                assertThat(reader.closeCodes().stream().filter(code -> code != 1006))
                        .allMatch(code -> code == 1001);
                List<String> texts = reader.texts();
                int first = Integer.parseInt(texts.getFirst());
                assertThat(texts)
                        .containsExactlyElementsOf(IntStream.range(first, first + texts.size())
                                .mapToObj(Integer::toString)
                                .toList());
            }
        }
    }

    /** Every reader has twenty lines more. */
    private static void awaitLines(List<CursorReader> readers) {
        for (CursorReader reader : readers) {
            int before = reader.texts().size();
            Await.until("further lines", UP, () -> reader.texts().size() > before + 20);
        }
    }

    /** From the network that the proxy is in, only the dashboard's port is there. */
    private static void assertMembershipIsClosed(Shell shell) {
        String connects = "docker run --rm --network dockrelay-cluster-test_front busybox nc -w 3 relay-1 PORT -e true";
        assertThat(shell.succeeds(connects.replace("PORT", "3000"))).isTrue();
        assertThat(shell.succeeds(connects.replace("PORT", "5701"))).isFalse();
        assertThat(shell.succeeds(connects.replace("PORT", "5702"))).isFalse();
    }

    private static void makeImages(Shell shell, TestEngine engine, Path folder) throws IOException {
        shell.run(MAKE_IMAGE.replace("PROGRAMS", "$(command -v openssl)").replace("IMAGE", "certificates:test"));
        shell.run(MAKE_IMAGE.replace("PROGRAMS", "$(command -v haproxy)").replace("IMAGE", "proxy:test"));
        shell.run("deploy/engine/base-image " + engine.socket() + " base:test");
        // The image's own Dockerfile, with these jars in the place of the stages that build them.
        String dockerfile = Files.readString(Checkout.root().resolve("deploy/Dockerfile"));
        int begin = dockerfile.indexOf("# The dashboard: web/dist.");
        int end = dockerfile.indexOf("# The runtime and the program");
        Files.writeString(
                folder.resolve("Dockerfile"),
                dockerfile.substring(0, begin) + "FROM scratch AS jars\nCOPY deploy/target /src/deploy/target\n"
                        + dockerfile
                                .substring(end)
                                .replace("JAVA_HOME=/opt/java DOCKRELAY_JARS=/app /build/train;", ""));
        shell.run("mkdir -p " + folder + "/deploy/target && cp -r conf " + folder + "/ && cd deploy && cp image-root"
                + " image-options healthy.args java.options aot.sh train " + folder + "/deploy/ && cp "
                + Checkout.jar() + " " + Checkout.clusterJar() + " " + folder + "/deploy/target/");
        shell.run("docker build -q --network host --build-arg BASE=base:test -t " + IMAGE + " " + folder);
    }

    private static Map<String, String> environment(TestEngine engine, Path folder) {
        Map<String, String> environment = new HashMap<>(engine.environment());
        environment.put(
                "DOCKER_CONFIG",
                new Shell(Map.of())
                        .run(
                                "deploy/setup/compose-v2.sh \"${XDG_CACHE_HOME:-$HOME/.cache}/dockrelay/compose\" 2>/dev/null"));
        environment.put("DOCKER_BUILDKIT", "0");
        environment.put("COMPOSE_PROJECT_NAME", "dockrelay-cluster-test");
        environment.put("DOCKER_SOCKET", engine.socket().toString());
        environment.put("DOCKER_SOCKET_2", engine.socket().toString());
        environment.put("CONTROLLER_PROJECT_2", "another-project");
        environment.put("DOCKRELAY_IMAGE", IMAGE);
        environment.put("CERTIFICATES_IMAGE", "certificates:test");
        environment.put("PROXY_IMAGE", "proxy:test");
        environment.put("DASHBOARD_PORT", Integer.toString(Checkout.freePort()));
        environment.put("RELAY_SIGN_IN", "none");
        environment.put("RELAY_TRUST_NETWORK", "true");
        environment.put("XDG_RUNTIME_DIR", folder.toString());
        return environment;
    }
}
