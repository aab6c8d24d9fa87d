package io.dockrelay.controller.server;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ClientCreditTest {

    private static final int WINDOW = 1_000;

    private final ClientCredit credit = new ClientCredit();

    @Test
    void clientWithoutGrantsGetsEverything() {
        credit.used(1_000_000);
        assertThat(credit.admits(1_000_000)).isTrue();
        assertThat(credit.any()).isTrue();
    }

    @Test
    void noMoreIsSentThanWasGranted() {
        credit.grant(WINDOW);
        credit.used(600);
        assertThat(credit.admits(400)).isTrue();
        assertThat(credit.admits(401)).isFalse();
        credit.used(400);
        assertThat(credit.any()).isFalse();
        credit.grant(250);
        assertThat(credit.admits(250)).isTrue();
    }

    /** A client that grants in quarters holds back up to one quarter of what it received. */
    @Test
    void longMessageIsSentWithMoreThanHalfOfTheFirstGrant() {
        credit.grant(WINDOW);
        credit.used(249);
        assertThat(credit.admits(3 * WINDOW)).isTrue();
        credit.used(3 * WINDOW);
        assertThat(credit.admits(1)).isFalse();
        credit.grant(3 * WINDOW);
        assertThat(credit.admits(1)).isTrue();
    }

    @Test
    void aLongMessageWaitsForMoreThanHalf() {
        credit.grant(WINDOW);
        credit.used(WINDOW / 2);
        assertThat(credit.admits(WINDOW)).isFalse();
    }
}
