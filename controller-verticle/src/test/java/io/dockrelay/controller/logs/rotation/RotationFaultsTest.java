package io.dockrelay.controller.logs.rotation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.dockrelay.docker.ApiVersion;
import io.dockrelay.docker.EngineVersion;

import static org.assertj.core.api.Assertions.assertThat;

class RotationFaultsTest {

    @ParameterizedTest
    @CsvSource({"1.40, true", "1.41, true", "1.42, false", "1.45, false", "2.0, false"})
    void onlyEnginesBefore23StandStillAtTheEndOfAFile(String newestApi, boolean standsStill) {
        RotationFaults faults = RotationFaults.of(version("1.41", newestApi));

        assertThat(faults).isEqualTo(new RotationFaults(true, true, standsStill));
    }

    @Test
    void configuredOlderApiVersionDoesNotMakeANewEngineAnOldOne() {
        assertThat(RotationFaults.of(version("1.24", "1.45")).standsStill()).isFalse();
    }

    @Test
    void unknownEngineHasAllFaults() {
        assertThat(RotationFaults.of(null)).isEqualTo(RotationFaults.ALL);
    }

    private static EngineVersion version(String api, String newestApi) {
        return new EngineVersion("any", ApiVersion.parse(api), ApiVersion.parse(newestApi), null, "linux/amd64");
    }
}
