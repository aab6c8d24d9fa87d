package io.dockrelay.e2e;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.dockrelay.e2e.harness.Checkout;
import io.dockrelay.e2e.harness.Program;

import static org.assertj.core.api.Assertions.assertThat;

/** Sign-in at a real identity provider, by the page in headless Chromium. */
@Tag("engine")
class SingleSignOnTest {

    private static final Duration JOURNEY = Duration.ofMinutes(3);
    private static final Duration STARTS = Duration.ofSeconds(60);
    private static final String PICTURES = System.getProperty("pictures", "e2e/target/pictures");

    @TempDir
    private Path folder;

    @Test
    void peopleSignInAtTheirProvider() {
        Map<String, String> environment = new HashMap<>();
        String page = "http://localhost:" + Checkout.freePort();
        String issuerPort = Integer.toString(Checkout.freePort());
        environment.put("PORT", page.substring(page.lastIndexOf(':') + 1));
        environment.put("RELAY_SIGN_IN", "oidc");
        environment.put("RELAY_DATA_FOLDER", folder.resolve("data").toString());
        environment.put("RELAY_LOCAL_CONTROLLER", "false");
        environment.put("RELAY_PUBLIC_ADDRESS", page);
        environment.put("RELAY_OIDC_ISSUER", "http://127.0.0.1:" + issuerPort);
        environment.put("RELAY_OIDC_CLIENT_ID", "dockrelay");
        environment.put("RELAY_OIDC_CLIENT_SECRET", "the-secret-of-the-relay");
        environment.put("RELAY_OIDC_SCOPES", "openid,profile,groups");
        environment.put("RELAY_OIDC_NAME", "Example Login");
        environment.put("RELAY_OIDC_CHECK", "1s");
        environment.put("RELAY_GROUP_ROLES", "admins=admin");
        try (Program relay = Program.start("relay", environment)) {
            assertThat(relay.awaitLine("cannot be used, so that new users cannot sign in there", STARTS)
                            .group())
                    .isNotEmpty();
            environment.put("PAGE", page + "/");
            environment.put("ISSUER_PORT", issuerPort);
            environment.put("PICTURES", Checkout.root().resolve(PICTURES).toString());
            try (Program journey = Program.run("oidc", environment, List.of("node", "e2e/browser/oidc.mjs"))) {
                assertThat(journey.awaitExit(JOURNEY)).as(journey.wholeOutput()).isZero();
                assertThat(journey.lines("^ok - ")).hasSize(7);
            }
            assertThat(relay.lines(" ERROR ")).isEmpty();
            assertThat(relay.lines("the-secret-of-the-relay|eyJ"))
                    .as("secrets in the log")
                    .isEmpty();
        }
    }
}
