package io.dockrelay.controller.inventory;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.dockrelay.controller.engine.ComposeLabels;
import io.dockrelay.protocol.state.ContainerStatus;

import static org.assertj.core.api.Assertions.assertThat;

class ObservedContainerTest {

    private static final String ID = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    /** The engine lists the image's id when the reference at creation means another image now, or none. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "nginx:1.27,    nginx:1.27,    nginx:1.27,   -",
                "sha256:" + ID + ", nginx:1.27, nginx:1.27,   0123456789ab",
                ID + ",         nginx:1.27,    nginx:1.27,   0123456789ab",
                "sha256:" + ID + ", sha256:" + ID + ", 0123456789ab, -",
                "sha256:" + ID + ", -,         0123456789ab, -",
                "nginx@sha256:" + ID + ", nginx@sha256:" + ID + ", nginx@sha256:" + ID + ", -",
                "-,             -,             -,            -"
            })
    void imageIsTheReferenceAtCreationAndTheIdOnlyIfItIsNoTagAnyMore(
            String listed, String created, String reference, String untaggedId) {
        var facts = new InspectedFacts(null, null, null, null, null, null, created, null);
        var seen = new ObservedContainer(
                "aaaaaaaaaaaa",
                "web",
                listed,
                ContainerStatus.RUNNING,
                "Up 5 seconds",
                null,
                ComposeLabels.NONE,
                false,
                List.of(),
                Optional.of(facts),
                Map.of());

        assertThat(seen.imageReference()).isEqualTo(reference);
        assertThat(seen.untaggedImageId()).isEqualTo(untaggedId);
    }
}
