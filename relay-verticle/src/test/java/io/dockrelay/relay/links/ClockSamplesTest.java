package io.dockrelay.relay.links;

import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.wire.LinkKind;
import io.dockrelay.protocol.wire.LinkMeasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ClockSamplesTest {

    private static final long SECOND = 1_000_000_000L;

    private final ClockSamples samples = new ClockSamples();

    @Test
    void offsetIsTheDifferenceToTheMiddleOfTheRoundTrip() {
        ClockSample sample = ClockSample.of(1_000_000, 6_000_000 + 20_000, Duration.ofMillis(40), 0);

        assertThat(sample.offsetMicros()).isEqualTo(5_000_000);
        assertThat(sample.errorMicros(0)).isEqualTo(20_000);
    }

    @Test
    void errorGrowsWithTheAgeOfTheSample() {
        ClockSample sample = ClockSample.of(0, 0, Duration.ofMillis(2), 0);

        assertThat(sample.errorMicros(10 * SECOND)).isCloseTo(1_000 + 500, within(1.0));
    }

    @Test
    void sampleThatWaitedLeastOnItsWayCounts() {
        add(0, 300, 5_100);
        add(1, 20, 5_004);
        add(2, 200, 4_950);

        LinkMeasure measure = samples.publish(2 * SECOND).orElseThrow();
        assertThat(measure.roundTripMillis()).isEqualTo(20);
        assertThat(measure.clockOffsetMillis()).isEqualTo(5_004);
        assertThat(measure.clockErrorMillis()).isCloseTo(10.05, within(0.001));
    }

    @Test
    void clockThatWasSetIsNoticedByItsFirstSample() {
        add(0, 2, 0);
        add(1, 2, 0);
        add(10, 80, 3_600_000);

        assertThat(samples.publish(10 * SECOND).orElseThrow().clockOffsetMillis())
                .isEqualTo(3_600_000);
    }

    @Test
    void oldSamplesGiveWayToWorseOnesThatAreNew() {
        add(0, 10, 0);
        for (int i = 1; i <= ClockSamples.KEPT; i++) {
            add(i * 10L, 40, 0);
        }

        assertThat(samples.publish(80 * SECOND).orElseThrow().roundTripMillis()).isEqualTo(40);
    }

    @Test
    void littleDifferencesAreNotPublished() {
        add(0, 20, 100);
        assertThat(samples.publish(0)).isPresent();
        add(6, 19, 100.5);
        assertThat(samples.publish(6 * SECOND)).isEmpty();
        add(12, 9, 101.6);
        assertThat(samples.publish(12 * SECOND)).isPresent();
    }

    @Test
    void atMostOneMeasurementIsPublishedInFiveSeconds() {
        add(0, 500, 0);
        assertThat(samples.publish(0)).isPresent();
        add(1, 20, 0);
        assertThat(samples.publish(4 * SECOND)).isEmpty();
        assertThat(samples.publish(5 * SECOND))
                .map(LinkMeasure::roundTripMillis)
                .contains(20.0);
        assertThat(samples.publish(20 * SECOND)).isEmpty();
    }

    @Test
    void samplesOfAnotherWayToTheControllerDoNotCount() {
        add(0, 2, 50);
        samples.add(LinkKind.LOCAL, ClockSample.of(0, 0, Duration.ZERO, SECOND));

        assertThat(samples.publish(6 * SECOND)).isEqualTo(Optional.of(LinkMeasure.LOCAL));
    }

    private void add(long second, int roundTrip, double offset) {
        long read = Math.round((offset + roundTrip / 2.0) * 1_000);
        samples.add(LinkKind.UPLINK, ClockSample.of(0, read, Duration.ofMillis(roundTrip), second * SECOND));
    }
}
