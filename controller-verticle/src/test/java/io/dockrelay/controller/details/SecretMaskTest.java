package io.dockrelay.controller.details;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.dockrelay.protocol.details.NamedValue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class SecretMaskTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POSTGRES_PASSWORD",
                "PGPASS",
                "MYSQL_PWD",
                "CLIENT_SECRET",
                "GITHUB_TOKEN",
                "AWS_ACCESS_KEY_ID",
                "STREAM_KEY",
                "apiKey",
                "SENTRY_DSN",
                "SLACK_WEBHOOK_URL",
                "BASIC_AUTH",
                "traefik.http.middlewares.auth.basicauth.users"
            })
    void valueWithASecretNameIsMasked(String name) {
        assertThat(SecretMask.named(name, "x", false)).isEqualTo(new NamedValue(name, null, true));
        assertThat(SecretMask.named(name, "x", true)).isEqualTo(new NamedValue(name, "x", false));
    }

    @ParameterizedTest
    @CsvSource({
        "PATH, /usr/bin:/bin",
        "PWD, /srv",
        "POSTGRES_PASSWORD_FILE, /run/secrets/db",
        "LANG, C.UTF-8",
        "com.docker.compose.project, shop",
        "UPSTREAM, http://web:8080/"
    })
    void otherValuesAreShown(String name, String value) {
        assertThat(SecretMask.named(name, value, false)).isEqualTo(new NamedValue(name, value, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://app:hunter2@db:5432/app",
                "https://glpat-abcdef@git.example.org/x.git",
                "rtmp://live.example.org/app/sk_live_123456",
                "host=db password=hunter2",
                "https://example.org/hook?token=abc",
                "Authorization: Bearer abc.def"
            })
    void valueThatContainsASecretIsMasked(String value) {
        assertThat(SecretMask.named("UPSTREAM", value, false)).isEqualTo(new NamedValue("UPSTREAM", null, true));
    }

    @Test
    void onlySecretsAreRemovedFromArguments() {
        List<String> masked = SecretMask.arguments(
                List.of(
                        "ffmpeg",
                        "-i",
                        "http://cam/in",
                        "--password",
                        "hunter2",
                        "--token=abc",
                        "-Dapi.key=abc",
                        "--level=info",
                        "-f",
                        "flv",
                        "rtmp://live.example.org/app/sk_live_123456"),
                false);

        assertThat(masked)
                .containsExactly(
                        "ffmpeg",
                        "-i",
                        "http://cam/in",
                        "--password",
                        "•••",
                        "--token=•••",
                        "-Dapi.key=•••",
                        "--level=info",
                        "-f",
                        "flv",
                        "rtmp://live.example.org/app/•••");
        assertThat(String.join(" ", masked)).doesNotContain("hunter2", "abc", "sk_live");
    }

    @ParameterizedTest
    @CsvSource({
        "host=db password=hunter2, host=db password=•••",
        "a=password=hunter2, a=password=•••",
        "connection string=hunter2, connection string=•••",
        "my-Connection.String: hunter2, my-Connection.String: •••",
        "connection=db, connection=db",
        "Authorization: basic  abc, Authorization: •••",
        "token://db, token://db",
        "1-http://app:hunter2@db, 1-http://•••@db",
        "{url:postgres://app:hunter2@db}, {url:postgres://•••@db}"
    })
    void theNameStaysAndTheSecretIsReplaced(String text, String shown) {
        assertThat(SecretMask.hide(text)).isEqualTo(shown);
    }

    /** One repeated part of a value that a container's author chooses. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "-",
                "1",
                "key",
                "a.b-",
                "a:",
                "a=",
                "://",
                "a://",
                "a@",
                "rtmp://a/",
                "rtmp:",
                "é",
                " ",
                "password:bearer ",
                "connection",
                "connection string",
                "token:",
                "PATH",
                "--key",
                "a key:"
            })
    void megabytesAreMaskedAtOnce(String part) {
        String value = part.repeat(1_000_000 / part.length());

        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            assertThat(SecretMask.named("LABEL", value, false)).isNotNull();
            assertThat(SecretMask.named(value, "x", false)).isNotNull();
            assertThat(SecretMask.named("LABEL", value + "password", false)).isNotNull();
            assertThat(SecretMask.arguments(List.of(value, "--" + value, "x"), false))
                    .isNotNull();
        });
    }
}
