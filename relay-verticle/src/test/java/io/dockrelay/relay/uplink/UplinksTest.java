package io.dockrelay.relay.uplink;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.bus.ControllerPresence;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.wire.LinkState;
import io.dockrelay.relay.fleet.FleetWatch;
import io.dockrelay.settings.LinkCompression;
import io.dockrelay.settings.UplinkSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Hosts that are added and removed while the relay runs. */
class UplinksTest extends UplinkFixture {

    private Uplinks uplinks;
    private FleetWatch fleet;

    @BeforeEach
    void start() throws Exception {
        remote.start();
        uplinks = new Uplinks(vertx, UplinkSettings.NONE, LIMITS);
        fleet = on(() -> new FleetWatch(vertx, bus, Clock.systemUTC()));
        done(on(() -> fleet.start()));
    }

    @Test
    void addedHostIsListedWithItsLabels() throws Exception {
        remote.labels = new JsonObject().put("region", "eu");
        done(on(() -> uplinks.add(named("berlin"))));

        await().until(() -> on(() -> fleet.fleet().containers()).size() == 1);
        assertThat(on(() -> fleet.fleet().links(Instant.now())))
                .singleElement()
                .satisfies(link -> assertThat(link.labels()).isEqualTo(Map.of("region", "eu")));
        UplinkReport report = on(() -> uplinks.report("berlin")).orElseThrow();
        assertThat(report.link()).isEqualTo(LinkState.CONNECTED);
        assertThat(report.controller()).isEqualTo(ID);
        assertThat(report.lastContact()).isNotNull();
        assertThat(report.problem()).isNull();
    }

    @Test
    void removedHostIsForgottenAtOnce() throws Exception {
        done(on(() -> uplinks.add(named("berlin"))));
        await().until(() -> on(() -> fleet.fleet().containers()).size() == 1);

        assertThat(FakeController.get(on(() -> uplinks.remove("berlin")))).isTrue();

        await().until(() -> on(() -> fleet.fleet().controllers()).isEmpty());
        assertThat(on(() -> fleet.fleet().containers())).isEmpty();
        assertThat(on(() -> uplinks.report("berlin"))).isEmpty();
        assertThat(presences).last().matches(ControllerPresence::removed);
        assertThat(FakeController.get(on(() -> uplinks.remove("berlin")))).isFalse();
    }

    @Test
    void hostThatNeverAnsweredIsForgottenAtOnce() throws Exception {
        remote.stop();
        done(on(() -> uplinks.add(named("berlin"))));
        await().until(() -> on(() -> uplinks.report("berlin")).orElseThrow().link() == LinkState.WAITING);
        assertThat(on(() -> uplinks.report("berlin")).orElseThrow().problem()).isNotEmpty();
        await().until(() -> !on(() -> fleet.fleet().controllers()).isEmpty());

        done(on(() -> uplinks.remove("berlin")));

        await().until(() -> on(() -> fleet.fleet().controllers()).isEmpty());
    }

    @Test
    void removedHostCanBeAddedAgain() throws Exception {
        for (int i = 0; i < 3; i++) {
            done(on(() -> uplinks.add(named("berlin"))));
            await().until(() -> on(() -> fleet.fleet().containers()).size() == 1);
            done(on(() -> uplinks.remove("berlin")));
            await().until(() -> on(() -> fleet.fleet().controllers()).isEmpty());
        }
    }

    @Test
    void nameAndAddressAreUsedOnce() throws Exception {
        done(on(() -> uplinks.add(named("berlin"))));

        Refusal sameName = refusal(() -> FakeController.get(on(() -> uplinks.add(named("berlin")))));
        Refusal sameAddress = refusal(() -> FakeController.get(on(() -> uplinks.add(named("munich")))));

        assertThat(sameName.kind()).isEqualTo(RefusalKind.CONFLICT);
        assertThat(sameName).hasMessageContaining("There is a host \"berlin\" already");
        assertThat(sameAddress)
                .hasMessageContainingAll("berlin", remote.target().placeholder());
    }

    @Test
    void hostWhoseFilesCannotBeReadIsNotAdded() throws Exception {
        var access = new UplinkSettings(
                Optional.empty(),
                Optional.of(Path.of("/nonexistent/ca.pem")),
                Optional.empty(),
                Optional.empty(),
                LinkCompression.AUTO);
        UplinkTarget there = remote.target();
        var target = new UplinkTarget("berlin", there.ws(), there.api(), Optional.of(access));

        assertThat(on(() -> uplinks.add(target)).toCompletionStage())
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withMessageContaining("/nonexistent/ca.pem");

        assertThat(on(() -> uplinks.report("berlin"))).isEmpty();
        done(on(() -> uplinks.add(named("berlin"))));
    }

    private UplinkTarget named(String name) {
        UplinkTarget there = remote.target();
        return new UplinkTarget(name, there.ws(), there.api(), Optional.empty());
    }
}
