package io.dockrelay.relay.dial;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InstancesTest {

    @Test
    void runThatReturnsAfterAnotherOneIsACopy() {
        var instances = new Instances();
        assertThat(instances.isCopy("a")).isFalse();
        assertThat(instances.isCopy("a")).as("it reconnects").isFalse();
        assertThat(instances.isCopy("b")).as("it was started again").isFalse();
        assertThat(instances.isCopy("a")).as("it still runs").isTrue();
    }
}
