package io.dockrelay.controller.logs.store;

import java.util.Map;

import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.LogConfig.LoggingType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class LogRotationTest {

    @ParameterizedTest
    @CsvSource({
        "JSON_FILE, 10m, 10000000",
        "JSON_FILE, 256k, 256000",
        "JSON_FILE, 1.5MB, 1500000",
        "JSON_FILE, 20 KiB, 20000",
        "JSON_FILE, 4096, 4096",
        "JSON_FILE, -1, 0",
        "JSON_FILE, , 0",
        "LOCAL, , 20971520",
        "LOCAL, 1g, 1000000000",
        "SYSLOG, , 20971520",
        "JOURNALD, , 0",
    })
    void fileSizeFollowsTheOptionsOfTheDriver(LoggingType driver, String size, long bytes) {
        var config = new LogConfig(driver, size == null ? Map.of() : Map.of("max-size", size));
        assertThat(LogRotation.bytes(config)).isEqualTo(bytes);
    }

    @Test
    void missingConfigurationMeansNoRotation() {
        assertThat(LogRotation.bytes(null)).isZero();
    }
}
