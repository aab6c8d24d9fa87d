package io.dockrelay.relay.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.dockrelay.listener.HttpListener;
import io.dockrelay.listener.JsonErrors;
import io.dockrelay.relay.Soon;
import io.dockrelay.settings.AccessSettings;
import io.dockrelay.settings.Limits;
import io.dockrelay.settings.ListenAddress;

import static org.assertj.core.api.Assertions.assertThat;

/** The dashboard's files over HTTP, with files made for the test. */
class DashboardTest {

    private static final String APP = "/assets/app-5f3c.js";

    private Vertx vertx;
    private HttpClient client;
    private int port;

    private record Answer(HttpResponse<String> response) {

        int status() {
            return response.statusCode();
        }

        String body() {
            return response.body();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }
    }

    @BeforeEach
    void open() {
        vertx = Vertx.vertx();
        client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        port = serve("dashboard", "/relay");
    }

    @AfterEach
    void close() {
        client.close();
        Soon.done(vertx.close());
    }

    @Test
    void hashedFileIsImmutableAndSentInTheBestEncoding() throws Exception {
        Answer plain = get(APP);
        assertThat(plain.status()).isEqualTo(200);
        assertThat(plain.header("Content-Type")).startsWith("text/javascript");
        assertThat(plain.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
        assertThat(plain.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(plain.header("Vary")).isEqualTo("Accept-Encoding");
        assertThat(plain.header("Content-Encoding")).isNull();
        assertThat(plain.body()).isEqualTo("console.log(1)\n");

        Answer brotli = get(APP, "Accept-Encoding", "gzip, br");
        assertThat(brotli.header("Content-Encoding")).isEqualTo("br");
        assertThat(brotli.body()).isEqualTo("brotli\n");
        Answer gzip = get(APP, "Accept-Encoding", "gzip, br;q=0");
        assertThat(gzip.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(List.of(plain.header("ETag"), brotli.header("ETag"), gzip.header("ETag")))
                .doesNotHaveDuplicates();
    }

    @Test
    void cachedFileIsNotSentAgain() throws Exception {
        String etag = get(APP, "Accept-Encoding", "br").header("ETag");

        Answer known = get(APP, "Accept-Encoding", "br", "If-None-Match", "\"other\", W/" + etag);
        assertThat(known.status()).isEqualTo(304);
        assertThat(known.body()).isEmpty();
        assertThat(known.header("ETag")).isEqualTo(etag);
        assertThat(get(APP, "If-None-Match", etag).status()).as("another form").isEqualTo(200);
    }

    @Test
    void headHasTheLengthAndNoBody() throws Exception {
        Answer head = send("HEAD", APP);

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Length")).isEqualTo("15");
        assertThat(head.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/index.html", "/container/web", "/container/odd.name_1", "/relay/", "/relay/container/web"
            })
    void everyRouteOfThePageServesThePage(String path) throws Exception {
        Answer page = get(path);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("<base href=\"/relay/\">").contains("<title>test</title>");
        assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(page.header("Content-Security-Policy"))
                .contains("worker-src 'self'")
                .contains("base-uri 'self'");
        assertThat(get(path, "If-None-Match", page.header("ETag")).status()).isEqualTo(304);
    }

    @Test
    void filesAreServedBelowThePrefix() throws Exception {
        assertThat(get("/relay" + APP).body()).isEqualTo(get(APP).body());
        assertThat(get("/relay" + APP).header("Cache-Control")).contains("immutable");
        assertThat(get("/icon.svg").header("Content-Type")).isEqualTo("image/svg+xml");
        assertThat(get("/icon.svg").header("Cache-Control")).isEqualTo("no-cache");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/missing.js",
                "/assets/",
                "/relay/assets/missing.js",
                "/api",
                "/api/nowhere",
                "/..%2f..%2fetc/passwd",
                "/assets/..%2f..%2findex.html",
                "/assets/%2e%2e/%2e%2e/secret",
                "/..%5c..%5cetc"
            })
    void missingFileIsNotFound(String path) throws Exception {
        Answer missing = get(path);

        assertThat(missing.body()).doesNotContain("root:");
        if (!path.contains("%2e")) {
            assertThat(missing.status()).isEqualTo(404);
            assertThat(missing.body()).startsWith("{\"error\":");
        }
    }

    @Test
    void filesOfThePageNeedNoHostOfAProxy() throws Exception {
        for (String path : new String[] {APP, "/relay" + APP, "/icon.svg"}) {
            Answer file = get(path, "Origin", "https://dash.example.org");
            assertThat(file.status()).as(path).isEqualTo(200);
            assertThat(file.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
            assertThat(file.header("Access-Control-Allow-Origin")).isNull();
        }
        for (String path :
                new String[] {"/", "/index.html", "/assets/../api/data", "/assets/%61pp-5f3c.js", "/x" + APP}) {
            assertThat(get(path, "Origin", "https://dash.example.org").status())
                    .as(path)
                    .isEqualTo(403);
        }
        assertThat(client.send(
                                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + APP))
                                        .header("Origin", "https://dash.example.org")
                                        .POST(HttpRequest.BodyPublishers.noBody())
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void otherMethodsAreNotAllowed() throws Exception {
        assertThat(send("POST", "/").status()).isEqualTo(405);
        assertThat(send("DELETE", APP).status()).isEqualTo(405);
    }

    @Test
    void relayWithoutADashboardSaysSo() throws Exception {
        port = serve("no-dashboard", "");

        Answer page = get("/");
        assertThat(page.status()).isEqualTo(503);
        assertThat(page.body()).contains("dashboard was not built");
        assertThat(get(APP).status()).isEqualTo(404);
    }

    private int serve(String root, String prefix) {
        Assets assets = Assets.load(DashboardTest.class.getClassLoader(), root, prefix);
        Dashboard dashboard = new Dashboard(assets, prefix);
        Router router = Router.router(vertx);
        router.get().handler(dashboard);
        router.head().handler(dashboard);
        JsonErrors.install(router);
        HttpListener listener = new HttpListener(
                        vertx,
                        new ListenAddress("127.0.0.1", 0, "port", "bind"),
                        new AccessSettings(List.of(), List.of(), List.of(), "hosts", "origins", "proxies"),
                        new Limits(100, 100, 100))
                .requests(router)
                .files(RelayRoutes.filePaths(assets, prefix));
        return Soon.get(listener.open());
    }

    private Answer get(String path, String... headers) throws Exception {
        return send("GET", path, headers);
    }

    private Answer send(String method, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return new Answer(client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    }
}
