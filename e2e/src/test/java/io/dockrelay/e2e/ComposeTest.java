package io.dockrelay.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.e2e.harness.Await;
import io.dockrelay.e2e.harness.Checkout;
import io.dockrelay.e2e.harness.RawSocket;
import io.dockrelay.e2e.harness.Rest;
import io.dockrelay.e2e.harness.Shell;
import io.dockrelay.e2e.harness.WireClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The image and compose.yaml as an operator uses them, with both generations of Compose: {@code up} builds the image from
 * the sources, on bases that are made here because none can be pulled. Then the operator's checks, word for word.
 */
@Tag("engine")
class ComposeTest {

    private static final Duration UP = Duration.ofSeconds(90);
    private static final String BASE = "dockrelay-base:test";
    private static final String BUILD_BASE = "dockrelay-build:test";
    private static final String IMAGE = "dockrelay:test";
    private static final String PROXY_IMAGE = "dockrelay-proxy:test";

    /** An image of this machine's HAProxy and its libraries. */
    private static final String MAKE_PROXY_IMAGE = """
            PATH=$PATH:/usr/sbin; tree=$(mktemp -d); trap 'rm -rf "$tree"' EXIT
            program=$(command -v haproxy)
            for file in "$program" $(ldd "$program" | grep -oE '/[^ ]+'); do
              mkdir -p "$tree${file%/*}"; cp -L "$file" "$tree$file"
            done
            tar -C "$tree" -c . | docker import - IMAGE
            """.replace("IMAGE", PROXY_IMAGE);

    /** A service to watch. A changed VERSION makes Compose re-create its container. */
    private static final String SERVICES = """
            version: "3.7"
            services:
              ffmpeg-kick:
                image: busybox
                environment:
                  RELEASE: "VERSION"
                stop_grace_period: 2s
                command:
                  - sh
                  - -c
                  - trap 'echo bye $$RELEASE; exit 0' TERM; i=0; while :; do i=$$((i+1)); echo $$RELEASE $$i; sleep 0.1; done
            """;

    private static TestEngine engine;

    @BeforeAll
    static void makeTheBases() {
        engine = TestEngine.create("--default-address-pool", "base=10.217.0.0/16,size=24", "--ip-forward=false");
        Shell shell = new Shell(engine.environment());
        shell.run("deploy/engine/base-image " + engine.socket() + " " + BASE);
        shell.run("deploy/engine/build-image " + engine.socket() + " " + BUILD_BASE);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker-compose", "docker compose"})
    void operatorsCommandsWork(String compose, @TempDir Path folder) throws IOException {
        Path services = release(folder, "one");
        Map<String, String> environment = environment(folder, services);
        Shell shell = new Shell(environment);
        try {
            boolean built = shell.succeeds("docker image inspect " + IMAGE);
            if (built) {
                shell.run("docker image rm --no-prune " + IMAGE);
            }
            String output = shell.run(compose + " up -d");
            if (built) {
                // The second Compose finds the layers of the first one's build.
                assertThat(output).containsPattern("RUN npm run build\\s+---> Using cache");
            }
            Await.until(
                    "healthy", UP, () -> shell.run(compose + " ps controller").contains("healthy)"));
            Await.until(
                    "healthy", UP, () -> shell.run(compose + " ps dashboard").contains("healthy)"));

            assertThat(shell.run(compose + " logs controller | grep \"\\[ws\\]\""))
                    .contains("8090");
            assertThat(shell.run(compose + " logs dashboard | grep \"controller-ws\""))
                    .contains("connected");
            assertThat(shell.run(compose + " port controller 8090"))
                    .isEqualTo("127.0.0.1:" + environment.get("CONTROLLER_WS_PORT"));
            assertMinimalPrivileges();
            assertImageHoldsOneProgram(shell);
            assertPortsWorkFromTheHostAndByServiceName(shell, compose, environment);
            assertStartIsInTheDashboardsLog(shell, compose);
            assertThat(shell.run(compose + " logs dashboard | grep \"the grants file\""))
                    .contains("/settings/grants.json has 1 grants");
            assertUsersAreEditedInTheImage(shell, compose);
            assertLogContinuesAfterARecreation(shell, compose, environment, folder);
            if (built) {
                assertControllerNeedsNoSocket(compose, environment);
            }
        } finally {
            shell.run(compose + " down --timeout 5 --volumes");
        }
    }

    private static void assertMinimalPrivileges() throws IOException {
        String rights = "{{.Config.User}} {{.HostConfig.ReadonlyRootfs}}";
        assertThat(engine.docker("inspect", "--format", rights, container("dashboard")))
                .isEqualTo("10001:10001 true");
        String mounts = "{{range .Mounts}}{{.Destination}} {{.RW}};{{end}}";
        assertThat(engine.docker("inspect", "--format", mounts, container("dashboard"))
                        .split(";"))
                .as("the data of the sign-in, the controller's token, the record, and files of settings")
                .containsExactlyInAnyOrder("/data true", "/token false", "/record true", "/settings false");
        for (String service : List.of("controller", "dashboard")) {
            String limits = "{{.HostConfig.ReadonlyRootfs}} {{.HostConfig.CapDrop}} {{.HostConfig.CapAdd}}"
                    + " {{.HostConfig.SecurityOpt}} {{.HostConfig.Privileged}}";
            assertThat(engine.docker("inspect", "--format", limits, container(service)))
                    .isEqualTo("true [ALL] [] [no-new-privileges:true] false");
            Path process = Path.of("/proc", engine.docker("inspect", "--format", "{{.State.Pid}}", container(service)));
            assertThat(Files.readAllLines(process.resolve("status")))
                    .contains("CapEff:\t0000000000000000", "CapBnd:\t0000000000000000", "NoNewPrivs:\t1");
            assertThat(Files.readString(process.resolve("cmdline")))
                    .as("JAVA_OPTS, as words")
                    .contains("\0-Dfirst=1\0-Dsecond=2\0");
            assertThat(Files.readString(process.resolve("maps")))
                    .as("the AOT cache is in use")
                    .contains("/app/dockrelay.aot");
            assertThat(engine.dockerExitCode("exec", container(service), "sh", "-c", "true"))
                    .isNotZero();
        }
    }

    private static String container(String service) {
        return engine.docker("ps", "--quiet", "--filter", "label=com.docker.compose.service=" + service);
    }

    /** No shell, no package manager: every file that can be executed, and is no library, is java. */
    private static void assertImageHoldsOneProgram(Shell shell) {
        String list = shell.run("made=$(docker create " + IMAGE + "); docker export $made | tar -tv; docker rm $made");
        List<String> files = list.lines().filter(line -> line.startsWith("-")).toList();

        assertThat(files).anyMatch(file -> file.endsWith(" opt/java/bin/java"));
        assertThat(files)
                .noneMatch(
                        file -> file.matches(
                                ".*/(sh|bash|dash|ash|zsh|ksh|busybox|toybox|perl|python[0-9.]*|env|apt|dpkg|curl|wget|su|mount)"));
        assertThat(files.stream()
                        .filter(file -> file.matches("-\\S*x.*"))
                        // Those that the engine mounts over are empty.
                        .filter(file -> !file.matches("-\\S+ +\\S+ +0 .*"))
                        .map(file -> file.substring(file.lastIndexOf(' ') + 1))
                        .filter(file -> !file.matches(".*\\.so(\\.[0-9.]+)?")))
                .containsExactly("opt/java/bin/java");
        assertThat(list).doesNotContainPattern("(?m)^[-dl]..[sS]|^[-dl].....[sS]");
        assertThat(shell.run("docker run --rm --network none " + IMAGE + " --version"))
                .startsWith("Dockrelay ");
        assertThat(shell.run("docker run --rm --network none --env _JAVA_OPTIONS=-Xmx77m --env JAVA_OPTS=-Xmx78m "
                        + IMAGE + " health http://127.0.0.1:1 2>&1 || true"))
                .contains("-Xmx77m", "does not answer");
    }

    /** The filter of deploy/engine-proxy in front of the engine; the controller has neither the socket nor the root user. */
    private static void assertControllerNeedsNoSocket(String compose, Map<String, String> environment) {
        Map<String, String> filtered = new HashMap<>(environment);
        filtered.put(
                "COMPOSE_FILE",
                environment
                        .get("COMPOSE_FILE")
                        .replaceFirst(":", ":" + Checkout.root().resolve("deploy/engine-proxy/compose.yaml") + ":"));
        filtered.put("ENGINE_PROXY_IMAGE", PROXY_IMAGE);
        filtered.put("ENGINE_PROFILE", "watch");
        Shell shell = new Shell(filtered);
        shell.run(MAKE_PROXY_IMAGE);
        try {
            shell.run(compose + " up -d");

            Await.until(
                    "what the filter allows",
                    UP,
                    () -> shell.run(compose + " logs controller").contains("allows the profile watch"));
            String mounts = "{{.Config.User}} {{range .Mounts}}{{.Source}}:{{.Destination}} {{end}}";
            assertThat(engine.docker("inspect", "--format", mounts, container("controller")))
                    .startsWith("10001:10001 ")
                    .contains("/dev/null:/var/run/docker.sock")
                    .doesNotContain(engine.socket() + ":");
            int api = Integer.parseInt(environment.get("CONTROLLER_API_PORT"));
            String[] headers = {"Host: localhost:" + api, authorization(shell)};
            assertThat(RawSocket.status(api, "GET /container/ffmpeg-kick/status HTTP/1.1", headers))
                    .isEqualTo(200);
            assertThat(RawSocket.status(api, "GET /container/ffmpeg-kick/logs HTTP/1.1", headers))
                    .isEqualTo(502);
            assertThat(RawSocket.status(api, "POST /container/ffmpeg-kick/stop?wait=10 HTTP/1.1", headers))
                    .isEqualTo(502);
        } finally {
            shell.run(compose + " down --timeout 5 --volumes");
        }
    }

    /** The password from standard input, into the volume of the dashboard. */
    private static void assertUsersAreEditedInTheImage(Shell shell, String compose) {
        String user = compose + " run --rm -T dashboard user ";
        assertThat(shell.run("echo 'correct horse battery' | " + user + "add anna --role operator"))
                .contains("Added anna (operator) to /data/users.json");
        assertThat(shell.run(user + "list </dev/null")).contains("anna\toperator");
    }

    private static void assertPortsWorkFromTheHostAndByServiceName(
            Shell shell, String compose, Map<String, String> environment) {
        int api = Integer.parseInt(environment.get("CONTROLLER_API_PORT"));
        int page = Integer.parseInt(environment.get("DASHBOARD_PORT"));
        assertThat(RawSocket.status(api, "GET /health HTTP/1.1", "Host: localhost:" + api))
                .isEqualTo(200);
        String[] bare = {"Host: localhost:" + api};
        assertThat(RawSocket.status(api, "GET /containers HTTP/1.1", bare)).isEqualTo(401);
        assertThat(RawSocket.status(api, "GET /containers HTTP/1.1", bare[0], authorization(shell)))
                .isEqualTo(200);
        assertThat(RawSocket.status(page, "GET / HTTP/1.1", "Host: localhost:" + page))
                .isEqualTo(200);
        assertThat(RawSocket.status(page, "GET / HTTP/1.1", "Host: evil.example"))
                .isEqualTo(403);
        String inside = compose + " exec -T ffmpeg-kick wget -q -O - ";
        assertThat(shell.run(inside + "http://controller:8089/health")).contains("ok");
        assertThat(shell.run(inside + "http://dashboard:3000/api/health")).isNotEmpty();
    }

    /** With the token that the controller made; there is no program in the image that could print it. */
    private static String authorization(Shell shell) {
        String file = container("controller") + ":/token/controller";
        return "Authorization: Bearer " + shell.run("docker cp " + file + " - | tar -xO");
    }

    private static void assertStartIsInTheDashboardsLog(Shell shell, String compose) {
        shell.run(compose + " stop ffmpeg-kick");
        shell.run(compose + " start ffmpeg-kick");

        Await.until(
                "a status_change in the dashboard's log",
                Await.DEFAULT,
                () -> shell.succeeds(
                        compose + " logs dashboard | grep status_change | grep ffmpeg-kick | grep running"));
    }

    private static void assertLogContinuesAfterARecreation(
            Shell shell, String compose, Map<String, String> environment, Path folder) throws IOException {
        String page = "127.0.0.1:" + environment.get("DASHBOARD_PORT");
        try (WireClient browser = WireClient.connect("ws://" + page + "/ws")) {
            browser.await("ffmpeg-kick", message -> message.toString().contains("\"ffmpeg-kick\""));
            browser.subscribe("ffmpeg-kick", 1);
            browser.await("lines", WireClient.ofType("new_logs"));

            assertThat(release(folder, "two")).exists();
            shell.run(compose + " up -d");

            Await.until(
                    "lines of the new container",
                    UP,
                    () -> browser.texts("ffmpeg-kick").contains("two 5"));
            List<String> texts = browser.texts("ffmpeg-kick");
            assertThat(texts)
                    .contains("bye one", "two 1", "two 2", "two 3", "two 4")
                    .doesNotHaveDuplicates();
            assertThat(browser.messages("log_state").stream()
                            .map(state -> state.path("state").asText()))
                    .contains("recreated");
            assertThat(browser.messages())
                    .noneMatch(message -> message.toString().matches(".*\"(full_)?name\":\"[0-9a-f]{12}_.*"));
            assertThat(new Rest("http://" + page).get("/api/data").text()).doesNotContainPattern("[0-9a-f]{12}_");
        }
    }

    private static Path release(Path folder, String version) throws IOException {
        return Files.writeString(folder.resolve("services.yaml"), SERVICES.replace("VERSION", version));
    }

    /** A folder that the dashboard's user can read, with a grants file that grants what holds without one. */
    private static Path settings(Path folder) throws IOException {
        Path settings = Files.createDirectory(folder.resolve("settings"));
        Path grants = Files.writeString(
                settings.resolve("grants.json"), "{\"grants\": [{\"everyone\": true, \"role\": \"admin\"}]}");
        Files.setPosixFilePermissions(settings, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(grants, PosixFilePermissions.fromString("rw-r--r--"));
        return settings;
    }

    private static Map<String, String> environment(Path folder, Path services) throws IOException {
        Map<String, String> environment = new HashMap<>(engine.environment());
        String plugins = new Shell(Map.of())
                .run("deploy/setup/compose-v2.sh \"${XDG_CACHE_HOME:-$HOME/.cache}/dockrelay/compose\" 2>/dev/null");
        environment.put("DOCKER_CONFIG", plugins);
        environment.put("DOCKER_SOCKET", engine.socket().toString());
        environment.put("DOCKRELAY_IMAGE", IMAGE);
        environment.put("DOCKRELAY_BASE", BASE);
        environment.put("DOCKRELAY_BUILD_BASE", BUILD_BASE);
        environment.put("DOCKRELAY_NODE_BASE", BUILD_BASE);
        environment.put("DOCKER_BUILDKIT", "0");
        environment.put("COMPOSE_PROJECT_NAME", "latestrelayer");
        environment.put("COMPOSE_FILE", Checkout.root().resolve("deploy/compose.yaml") + ":" + services);
        environment.put("CONTROLLER_API_PORT", Integer.toString(Checkout.freePort()));
        environment.put("CONTROLLER_WS_PORT", Integer.toString(Checkout.freePort()));
        environment.put("DASHBOARD_PORT", Integer.toString(Checkout.freePort()));
        environment.put("JAVA_OPTS", "-Dfirst=1 -Dsecond=2");
        environment.put("DASHBOARD_SETTINGS", settings(folder).toString());
        environment.put("RELAY_GRANTS_FILE", "/settings/grants.json");
        environment.put("XDG_RUNTIME_DIR", folder.toString());
        return environment;
    }
}
