package io.dockrelay.relay.signin;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AttemptsTest {

    private final Attempts attempts = new Attempts();

    @Test
    void oneAddressIsLimitedWhateverTheName() {
        for (int i = 0; i < 10; i++) {
            assertThat(attempts.take("10.0.0.1", "name" + i, 0)).isEmpty();
        }
        assertThat(attempts.take("10.0.0.1", "another", 0)).contains(Duration.ofSeconds(15));
        assertThat(attempts.take("10.0.0.2", "another", 0)).isEmpty();
        assertThat(attempts.take("10.0.0.1", "another", 15_000)).isEmpty();
    }

    @Test
    void oneNameIsLimitedWhateverTheAddressAndTheCase() {
        for (int i = 0; i < 20; i++) {
            assertThat(attempts.take("10.0.0." + i, i % 2 == 0 ? "anna" : "Anna", 0))
                    .isEmpty();
        }
        assertThat(attempts.take("10.0.0.99", "anna", 0)).contains(Duration.ofSeconds(5));
        assertThat(attempts.take("10.0.0.99", "berta", 0)).isEmpty();
    }

    @Test
    void oneAddressCannotLockAUserOut() {
        for (int second = 0; second < 600; second++) {
            var unused = attempts.take("10.0.0.1", "anna", second * 1000L);
            if (second % 20 == 10) {
                assertThat(attempts.take("10.0.0.2", "anna", second * 1000L))
                        .as("after %d s", second)
                        .isEmpty();
            }
        }
    }

    @Test
    void addressWithoutAttemptsTouchesNoName() {
        for (int i = 0; i < 10; i++) {
            assertThat(attempts.take("10.0.0.1", "name" + i, 0)).isEmpty();
        }
        for (int i = 0; i < 100; i++) {
            assertThat(attempts.take("10.0.0.1", "other" + i, 0)).isPresent();
            boolean unused = attempts.refused("10.0.0.1", "other" + i);
        }
        assertThat(attempts.size()).isEqualTo(10);
    }

    @Test
    void textsThatCannotBeANameCountAsOne() {
        for (int i = 0; i < 20; i++) {
            assertThat(attempts.take("10.0.0." + i, "no name " + i, 0)).isEmpty();
        }
        assertThat(attempts.take("10.0.0.99", "", 0)).isPresent();
        assertThat(attempts.take("10.0.0.99", "anna", 0)).isEmpty();
    }

    @Test
    void addressesOfOneNetworkOfIpv6CountAsOne() {
        for (int i = 0; i < 10; i++) {
            assertThat(attempts.take("2001:db8::" + i, "name" + i, 0)).isEmpty();
        }
        assertThat(attempts.take("2001:db8::ffff:1", "other", 0)).isPresent();
        assertThat(attempts.take("2001:db8:0:1::1", "other", 0)).isEmpty();
    }

    @Test
    void addressOfIpv4InTheFormOfIpv6CountsAsIpv4() {
        for (int i = 0; i < 10; i++) {
            assertThat(attempts.take("::ffff:10.0.0.1", "name" + i, 0)).isEmpty();
        }
        assertThat(attempts.take("10.0.0.1", "other", 0)).isPresent();
        assertThat(attempts.take("::ffff:10.0.0.2", "other", 0)).isEmpty();
    }

    @Test
    void refusalIsReportedOnceUntilThereIsAnAttempt() {
        for (int i = 0; i < 10; i++) {
            assertThat(attempts.take("10.0.0.1", "anna", 0)).isEmpty();
        }
        assertThat(attempts.refused("10.0.0.1", "anna")).isTrue();
        assertThat(attempts.refused("10.0.0.1", "berta")).isFalse();
        assertThat(attempts.refused("10.0.0.2", "anna")).isFalse();

        assertThat(attempts.take("10.0.0.1", "anna", 15_000)).isEmpty();
        assertThat(attempts.refused("10.0.0.1", "anna")).isTrue();
    }

    @Test
    void rightAttemptsDoNotCount() {
        for (int i = 0; i < 100; i++) {
            assertThat(attempts.take("10.0.0.1", "anna", i)).as("attempt %d", i).isEmpty();
            attempts.succeeded("10.0.0.1", "anna", i);
        }
    }

    @Test
    void manyNamesAndAddressesAreForgotten() {
        for (int i = 0; i < 50_000; i++) {
            var unused = attempts.take("10.0." + i / 250 + "." + i % 250, "name" + i, 0);
        }
        assertThat(attempts.size()).isEqualTo(10_000);
    }
}
