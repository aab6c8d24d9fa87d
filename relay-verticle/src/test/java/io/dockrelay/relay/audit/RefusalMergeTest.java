package io.dockrelay.relay.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.dockrelay.record.RecordEntry;
import io.dockrelay.record.RecordOutcome;
import io.dockrelay.record.RecordedAction;

import static org.assertj.core.api.Assertions.assertThat;

class RefusalMergeTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

    private final RefusalMerge merge = new RefusalMerge();
    private long nowMs = NOW.toEpochMilli();

    @Test
    void firstRefusalIsWrittenAtOnceAndTheRestWithTheirNumber() {
        assertThat(refused(refusal("10.0.0.1", "no"))).contains(refusal("10.0.0.1", "no"));
        for (int i = 0; i < 999; i++) {
            assertThat(refused(refusal("10.0.0.1", "no"))).isEmpty();
        }

        assertThat(merge.span(NOW)).singleElement().satisfies(entry -> {
            assertThat(entry.count()).isEqualTo(999);
            assertThat(entry.reason()).isEqualTo("no");
            assertThat(entry.address()).isEqualTo("10.0.0.1");
        });
        assertThat(merge.isEmpty()).isTrue();
        assertThat(refused(refusal("10.0.0.1", "no"))).as("the next span").isPresent();
    }

    @Test
    void otherClientsAndReasonsAreEntriesOfTheirOwn() {
        assertThat(refused(refusal("10.0.0.1", "no"))).isPresent();
        assertThat(refused(refusal("10.0.0.2", "no"))).isPresent();
        assertThat(refused(refusal("10.0.0.1", "never"))).isPresent();
        assertThat(merge.span(NOW)).isEmpty();
    }

    /** Invents a reason and an address per request, for an hour. */
    @Test
    void inventiveClientCostsABoundedNumberOfEntriesPerMinute() {
        int entries = 0;
        for (int minute = 0; minute < 60; minute++) {
            for (int i = 0; i < 10_000; i++) {
                boolean written = refused(refusal("10.0." + i, "Host " + minute + "-" + i))
                        .isPresent();
                entries += written ? 1 : 0;
            }
            List<RecordEntry> span = merge.span(NOW);
            assertThat(span.getLast().reason()).startsWith("further refusals");
            entries += span.size();
            nowMs += 60_000;
        }

        assertThat(entries).isLessThanOrEqualTo(RefusalMerge.DOOR_BURST + (RefusalBudget.PER_SPAN + 2) * 60);
    }

    @Test
    void textOfTheClientMakesNoOtherEntry() {
        assertThat(merge.refused(
                        RefusalMerge.Requester.AT_THE_DOOR, refusal("10.0.0.1", "Host a is wrong"), "403 Host", nowMs))
                .isPresent();
        assertThat(merge.refused(
                        RefusalMerge.Requester.AT_THE_DOOR, refusal("10.0.0.1", "Host b is wrong"), "403 Host", nowMs))
                .isEmpty();
        assertThat(merge.refused(
                        RefusalMerge.Requester.AT_THE_DOOR,
                        refusal("10.0.0.1", "Origin a is wrong"),
                        "403 Origin",
                        nowMs))
                .isPresent();

        assertThat(merge.span(NOW)).singleElement().satisfies(entry -> {
            assertThat(entry.reason()).isEqualTo("Host a is wrong");
            assertThat(entry.count()).isEqualTo(1);
        });
    }

    @Test
    void clientsAtTheDoorAndAtTheSignInHideNoRefusalOfOthers() {
        for (int i = 0; i < 10_000; i++) {
            refuse(refusal("10.1." + i, "door"));
            refuse(refusal("sign-in", "10.2." + i, "no"));
            refuse(refusal("stop", "10.0.0.1", "no " + i));
        }

        assertThat(refused(refusal("stop", "10.0.0.7", "no right"))).isPresent();
        assertThat(merge.span(NOW).stream().filter(entry -> entry.address() == null))
                .as("what did not fit")
                .extracting(RecordEntry::what)
                .containsExactly("access", "stop", "sign-in");
    }

    @Test
    void wrongTokensOfManyAddressesHideNoRefusalOfOneWhoIsKnown() {
        for (int i = 0; i < 1_000; i++) {
            Optional<RecordEntry> unused = merge.refused(
                    RefusalMerge.Requester.AT_SIGN_IN, refusal("token", "10.2.0." + i, "not valid"), "wrong", nowMs);
        }

        assertThat(refused(refusal("stop", "10.0.0.7", "no right"))).isPresent();
        assertThat(refused(refusal("token", "10.0.0.7", "more rights than you")))
                .as("of an admitted user")
                .isPresent();
    }

    private Optional<RecordEntry> refused(RecordEntry entry) {
        RefusalMerge.Requester requester = switch (entry.what()) {
            case RecordedAction.ACCESS -> RefusalMerge.Requester.AT_THE_DOOR;
            case RecordedAction.SIGN_IN -> RefusalMerge.Requester.AT_SIGN_IN;
            default -> RefusalMerge.Requester.ADMITTED;
        };
        return merge.refused(requester, entry, entry.reason(), nowMs);
    }

    private void refuse(RecordEntry entry) {
        Optional<RecordEntry> unused = refused(entry);
    }

    private static RecordEntry refusal(String what, String address, String reason) {
        return RecordEntry.of(NOW, what, RecordOutcome.REFUSED)
                .by(address, address)
                .because(reason);
    }

    private static RecordEntry refusal(String address, String reason) {
        return refusal("access", address, reason);
    }
}
