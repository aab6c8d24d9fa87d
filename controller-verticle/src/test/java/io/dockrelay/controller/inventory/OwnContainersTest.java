package io.dockrelay.controller.inventory;

import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OwnContainersTest {

    private static final String ID = "4f6d0b1c".repeat(8);
    private static final String OTHER = "aaaabbbb".repeat(8);

    @Test
    void labelMarksOwnContainers() {
        assertThat(new OwnContainers(Set.of()).include(ID, Map.of(OwnContainers.LABEL, "controller")))
                .isTrue();
        assertThat(new OwnContainers(Set.of()).include(ID, Map.of("a", "b"))).isFalse();
        assertThat(new OwnContainers(Set.of()).include(ID, null)).isFalse();
    }

    @Test
    void controlGroupContainsTheOwnId() {
        var own = OwnContainers.of("12:memory:/docker/" + ID + "\n0::/\n", "", "build-host");
        assertThat(own.include(ID, Map.of())).isTrue();
        assertThat(own.include(OTHER, Map.of())).isFalse();
    }

    @Test
    void mountsOfTheEngineContainTheOwnId() {
        String mounts = "1 2 8:1 /var/lib/docker/containers/" + ID + "/hostname /etc/hostname rw - ext4 /dev/sda1 rw\n"
                + "3 4 8:1 /var/lib/docker/containers/" + OTHER + "/data /mnt rw - ext4 /dev/sda1 rw\n";
        var own = OwnContainers.of("0::/\n", mounts, null);
        assertThat(own.include(ID, Map.of())).isTrue();
        assertThat(own.include(OTHER, Map.of())).isFalse();
    }

    @Test
    void defaultHostNameIsTheShortId() {
        assertThat(OwnContainers.of("", "", ID.substring(0, 12)).include(ID, Map.of()))
                .isTrue();
        assertThat(OwnContainers.of("", "", "web").ids()).isEmpty();
    }
}
