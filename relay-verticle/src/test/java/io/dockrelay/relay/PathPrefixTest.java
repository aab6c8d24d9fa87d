package io.dockrelay.relay;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A relay with a path prefix, for a proxy that shares its host name with others. */
class PathPrefixTest {

    @Test
    void everythingIsBelowThePrefixAndWithoutIt() throws Exception {
        RunningRelay relay = new RunningRelay(new JsonObject().put("pathPrefix", "/tools/relay"));
        for (String prefix : new String[] {"/tools/relay", ""}) {
            assertThat(relay.get(prefix + "/api/health").status()).isEqualTo(200);
            assertThat(relay.get(prefix + "/api/container/missing/logs").body())
                    .contains("no container \\\"missing\\\" is known");
            assertThat(relay.get(prefix + "/api/container/missing/start").status())
                    .isEqualTo(405);
            assertThat(relay.post(prefix + "/api/nowhere").status()).isEqualTo(404);
            assertThat(relay.get(prefix + "/api/data").body()).contains("no controller is known yet");
            assertThat(relay.get(prefix + "/").header("Content-Type")).startsWith("text/html");
            assertThat(relay.get(prefix + "/assets/missing.js").status()).isEqualTo(404);
            assertThat(relay.page(prefix + "/ws")
                            .awaitType("container_update")
                            .path("revision")
                            .asLong())
                    .isZero();
            assertThat(relay.page(prefix + "/").awaitType("container_update").path("containers"))
                    .isEmpty();
        }
        relay.close();
    }

    @Test
    void prefixAloneIsRedirectedOnTheOuterHostAndPort() throws Exception {
        try (RunningRelay relay = new RunningRelay(new JsonObject().put("pathPrefix", "/tools/relay"))) {
            String[] forwarded = {"X-Forwarded-Host", "evil.example", "X-Forwarded-Proto", "https"};
            RunningRelay.Answer redirect = relay.get("/tools/relay?view=logs", forwarded);

            assertThat(redirect.status()).isEqualTo(302);
            assertThat(redirect.header("Location")).isEqualTo("/tools/relay/?view=logs");
            assertThat(relay.send("HEAD", "/tools/relay").header("Location")).isEqualTo("/tools/relay/");
        }
    }
}
