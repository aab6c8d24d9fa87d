package io.dockrelay.protocol.timers;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TokenBucketTest {

    @Test
    void permitsABurstAndThenTheRate() {
        var bucket = new TokenBucket(3, 0.5, 0);
        assertThat(bucket.tryTake(3, 0)).isTrue();
        assertThat(bucket.tryTake(1, 1)).isFalse();
        assertThat(bucket.tryTake(1, 2)).isTrue();
    }

    @Test
    void holdsNoMoreThanItsCapacity() {
        var bucket = new TokenBucket(2, 1, 0);
        assertThat(bucket.available(1_000)).isEqualTo(2);
    }

    @Test
    void debtIsBoundedAndDelaysTheNextEvent() {
        var bucket = new TokenBucket(1, 1, 5);
        bucket.take(100, 0);
        assertThat(bucket.available(0)).isEqualTo(-5);
        assertThat(bucket.unitsUntil(1, 0)).isEqualTo(6);
        assertThat(bucket.unitsUntil(1, 6)).isZero();
    }

    @Test
    void clockThatIsSetBackAddsNothing() {
        var bucket = new TokenBucket(2, 1, 0);
        assertThat(bucket.tryTake(2, 10)).isTrue();
        assertThat(bucket.available(5)).isZero();
        assertThat(bucket.available(11)).isEqualTo(1);
    }
}
