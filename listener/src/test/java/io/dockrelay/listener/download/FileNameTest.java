package io.dockrelay.listener.download;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class FileNameTest {

    @Test
    void fileIsNamedAfterItsContainerAndTheTime() {
        assertThat(FileName.of("web", Instant.parse("2025-11-25T22:52:30.5Z"), "log"))
                .isEqualTo("web_20251125T225230Z.log");
    }

    @ParameterizedTest
    @CsvSource({
        "web, web",
        "shop_web-1.x, shop_web-1.x",
        "../../etc/passwd, _.._etc_passwd",
        "'a\"; x=\"b', a___x__b",
        ".., container",
        "ü, _"
    })
    void fileNameHasNoSpecialCharacters(String container, String file) {
        assertThat(FileName.safe(container)).isEqualTo(file);
        assertThat(FileName.safe(container + "x".repeat(1000))).hasSizeLessThanOrEqualTo(100);
    }
}
