package io.dockrelay.e2e;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.dockrelay.deploy.commands.CommandException;
import io.dockrelay.deploy.doctor.DoctorCommand;
import io.dockrelay.e2e.harness.Await;
import io.dockrelay.e2e.harness.Checkout;
import io.dockrelay.e2e.harness.Program;
import io.dockrelay.e2e.harness.ProxyServer;
import io.dockrelay.e2e.harness.Rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The doctor, through real proxies with the usual mistakes. All cases run at the same time: most of each is waiting. */
@Tag("engine") // It needs no engine, but programs that ./test installs with one.
class DoctorTest {

    /** Relays, one with a path prefix, one with a sign-in and a trusted proxy, and a port without a listener. */
    private static final int RELAY = Checkout.freePort();

    private static final int PREFIXED = Checkout.freePort();
    private static final int SIGNED = Checkout.freePort();
    private static final int NOTHING = Checkout.freePort();

    private record Checked(int code, String text) {}

    @TempDir
    private static Path folder;

    private static final List<AutoCloseable> PARTS = new ArrayList<>();
    private static final Map<ProxyCase, CompletableFuture<Checked>> CHECKS = new LinkedHashMap<>();
    private static Program ownDoctor;

    @BeforeAll
    static void start() {
        relay(RELAY, Map.of("RELAY_TRUST_NETWORK", "true"));
        relay(PREFIXED, Map.of("RELAY_TRUST_NETWORK", "true", "RELAY_PATH_PREFIX", "/dock"));
        relay(
                SIGNED,
                Map.of(
                        "RELAY_SIGN_IN", "users",
                        "RELAY_DATA_FOLDER", folder.resolve("data").toString(),
                        "RELAY_TRUSTED_PROXIES", "127.0.0.1"));
        IntStream.of(RELAY, PREFIXED, SIGNED).forEach(DoctorTest::awaitRelay);
        for (Proxy proxy : Proxy.values()) {
            Map<Integer, String> sites = new LinkedHashMap<>();
            for (ProxyCase one : ProxyCase.values()) {
                if (one.proxy() == proxy) {
                    sites.put(one.port(), one.lines(RELAY, PREFIXED, SIGNED, NOTHING));
                }
            }
            PARTS.add(
                    switch (proxy) {
                        case NGINX -> ProxyServer.nginx(folder, sites);
                        case HAPROXY -> ProxyServer.haproxy(folder, sites);
                        case CADDY -> ProxyServer.caddy(folder, sites);
                    });
        }
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        for (ProxyCase one : ProxyCase.values()) {
            CHECKS.put(one, CompletableFuture.supplyAsync(() -> check(one.url()), threads));
        }
        threads.shutdown();
        ownDoctor = Program.start(
                "doctor",
                Map.of("PORT", "" + PREFIXED, "RELAY_PATH_PREFIX", "/dock"),
                List.of("-jar", Checkout.jar().toString(), "doctor"));
        PARTS.add(ownDoctor);
    }

    private static void relay(int port, Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("PORT", "" + port);
        environment.put("RELAY_LOCAL_CONTROLLER", "false");
        PARTS.add(Program.start("relay", environment));
    }

    private static void awaitRelay(int port) {
        var api = new Rest("http://127.0.0.1:" + port);
        Await.until("the relay answers", Duration.ofSeconds(30), () -> api.answers("/api/health"));
    }

    private static Checked check(String... arguments) {
        var out = new ByteArrayOutputStream();
        int code = new DoctorCommand(Map.of())
                .run(List.of(arguments), InputStream.nullInputStream(), new PrintStream(out, true, UTF_8));
        return new Checked(code, out.toString(UTF_8));
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable part : PARTS.reversed()) {
            part.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void usualMistakesOfProxiesAreFoundWithWhatToChange(ProxyCase one) {
        Checked checked = CHECKS.get(one).join();

        assertThat(checked.text()).contains(one.found());
        if (one.isGood()) {
            assertThat(checked.text())
                    .doesNotContain("BAD")
                    .contains("A WebSocket opens", "The first message arrives", "part by part", "is refused")
                    .contains("An idle WebSocket is open after 15 s");
        }
        if (!one.found().contains("asks for a sign-in")) {
            assertThat(checked.code()).as(checked.text()).isEqualTo(one.isGood() ? 0 : 1);
        }
    }

    @Test
    void programChecksItsOwnAddress() {
        int code = ownDoctor.awaitExit(Duration.ofSeconds(60));

        assertThat(ownDoctor.wholeOutput())
                .contains("Checking http://127.0.0.1:" + PREFIXED + "/dock/")
                .doesNotContain("BAD");
        assertThat(code).isZero();
    }

    @Test
    void addressWithoutAServerIsNamedWithTheReason() {
        assertThatThrownBy(() -> check("http://127.0.0.1:" + NOTHING))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("does not answer: Connection refused");
        assertThatThrownBy(() -> check("ftp://localhost")).hasMessageContaining("is not an address of a page");
        assertThatThrownBy(() -> check("--loud")).hasMessageContaining("Usage: dockrelay doctor");
    }
}
