package io.dockrelay.controller.inventory;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.dockrelay.protocol.state.Health;

import static org.assertj.core.api.Assertions.assertThat;

class StatusTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "Up 2 hours (healthy)             | HEALTHY   | -   | 7200",
                "Up 5 seconds (health: starting)  | STARTING  | -   | 5",
                "Up About a minute (unhealthy)    | UNHEALTHY | -   | 60",
                "Up Less than a second            | -         | -   | 0",
                "Up 1 second                      | -         | -   | 1",
                "Up About an hour (Paused)        | -         | -   | 3600",
                "Up 3 weeks                       | -         | -   | 1814400",
                "Exited (137) 4 seconds ago       | -         | 137 | 4",
                "Exited (0) 2 days ago            | -         | 0   | 172800",
                "Restarting (1) 9 seconds ago     | -         | 1   | 9",
                "Created                          | -         | -   | -",
                "Removal In Progress              | -         | -   | -",
                "Dead                             | -         | -   | -",
                "''                               | -         | -   | -",
                "Up a (healthy) 7 parsecs         | HEALTHY   | -   | -"
            })
    void readsTheTextsOfDocker(String text, Health health, Integer exitCode, Long seconds) {
        Duration age = seconds == null ? null : Duration.ofSeconds(seconds);
        assertThat(StatusText.of(text)).isEqualTo(new StatusText(health, exitCode, age));
    }

    @Test
    void missingTextHasNoFacts() {
        assertThat(StatusText.of(null)).isEqualTo(new StatusText(null, null, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Up 10 seconds       | Up 12 seconds          | 2  | false",
                "Up 10 seconds       | Up Less than a second  | 2  | true",
                "Up 1 second         | Up 1 second            | 5  | true",
                "Up 1 second         | Up 2 seconds           | 2  | false",
                "Up 59 seconds       | Up About a minute      | 2  | false",
                "Up 2 hours          | Up 2 hours             | 60 | false",
                "Up 2 hours          | Up About an hour       | 60 | true",
                "Restarting (1) 3 seconds ago | Restarting (1) Less than a second ago | 1 | true",
                "Created             | Up 1 second            | 2  | true",
                "Created             | Created                | 2  | false"
            })
    void youngerTextIsOfANewState(String earlier, String now, long elapsed, boolean began) {
        assertThat(StatusText.of(now).startedSince(StatusText.of(earlier), Duration.ofSeconds(elapsed)))
                .isEqualTo(began);
    }
}
