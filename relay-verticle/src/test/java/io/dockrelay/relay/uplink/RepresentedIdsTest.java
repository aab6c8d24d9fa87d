package io.dockrelay.relay.uplink;

import java.net.URI;

import io.vertx.core.Future;
import org.junit.jupiter.api.Test;

import io.dockrelay.relay.uplink.RepresentedIds.Claim;
import io.dockrelay.relay.uplink.RepresentedIds.Holder;

import static org.assertj.core.api.Assertions.assertThat;

class RepresentedIdsTest {

    private final RepresentedIds ids = new RepresentedIds();
    private final Holder first = new Named("ws://first/");
    private final Holder second = new Named("ws://second/");

    private record Named(String url) implements Holder {

        @Override
        public URI ws() {
            return URI.create(url);
        }

        @Override
        public Future<Void> release(String id) {
            return Future.succeededFuture();
        }
    }

    @Test
    void idOfAConnectedUplinkIsDenied() {
        assertThat(ids.take("host", first)).isEqualTo(new Claim.Granted());

        assertThat(ids.take("host", second)).isEqualTo(new Claim.Denied(first));
        assertThat(ids.take("host", first)).isEqualTo(new Claim.Granted());
    }

    @Test
    void idOfAnUplinkThatIsNotConnectedGoesToTheNextOneThatFindsIt() {
        assertThat(ids.take("host", first)).isEqualTo(new Claim.Granted());
        ids.disconnected(first);

        assertThat(ids.take("host", second)).isEqualTo(new Claim.TakenOver(first));
        assertThat(ids.take("host", first)).isEqualTo(new Claim.Denied(second));
    }

    @Test
    void uplinkThatReturnsBeforeAnotherOneFindsItsIdHasIt() {
        assertThat(ids.take("host", first)).isEqualTo(new Claim.Granted());
        ids.disconnected(first);

        assertThat(ids.take("host", first)).isEqualTo(new Claim.Granted());
        assertThat(ids.take("host", second)).isEqualTo(new Claim.Denied(first));
    }

    @Test
    void outageOfOneUplinkDoesNotConcernTheIdOfAnother() {
        assertThat(ids.take("host", first)).isEqualTo(new Claim.Granted());
        assertThat(ids.take("other", second)).isEqualTo(new Claim.Granted());

        ids.disconnected(first);

        assertThat(ids.take("other", first)).isEqualTo(new Claim.Denied(second));
    }

    @Test
    void idThatIsNotKeptIsFree() {
        assertThat(ids.take("host", first)).isEqualTo(new Claim.Granted());
        assertThat(ids.take("other", first)).isEqualTo(new Claim.Granted());

        ids.keepOnly("other", first);

        assertThat(ids.take("host", second)).isEqualTo(new Claim.Granted());
        assertThat(ids.take("other", second)).isEqualTo(new Claim.Denied(first));
    }
}
