package io.dockrelay.e2e.oracle;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The faults of a run. Faults of the same place run one after the other; those of different places overlap. */
enum FaultKind {
    KILL_CONTROLLER(Place.CONTROLLER, 0, 4_000),
    KILL_RELAY(Place.RELAY, 0, 4_000),
    KILL_ENGINE_AND_CONTAINERS(Place.ENGINE, 0, 3_000),
    KILL_ENGINE_ONLY(Place.ENGINE, 0, 3_000),
    STOP_CONTAINER(Place.ENGINE, 0, 2_000),
    KILL_CONTAINER(Place.ENGINE, 0, 2_000),
    RESTART_CONTAINER(Place.ENGINE, 0, 0),
    RECREATE_CONTAINER(Place.ENGINE, 0, 1_000),
    RENAME_CONTAINER(Place.ENGINE, 500, 4_000),
    ROTATE_LOG(Place.ENGINE, 0, 0),
    CUT_LINK(Place.LINK, 0, 5_000),
    STALL_LINK(Place.LINK, 1_000, 12_000),
    DELAY_LINK(Place.LINK, 2_000, 6_000),
    SHAPE_LINK(Place.LINK, 2_000, 6_000),
    BAD_NETWORK(Place.LINK, 2_000, 6_000),
    CUT_ENGINE_STREAMS(Place.ENGINE_LINK, 8_000, 15_000),
    SLOW_BROWSER(Place.BROWSER, 3_000, 8_000),
    STALLED_BROWSER(Place.BROWSER, 5_000, 10_000),
    BROWSER_AWAY(Place.BROWSER, 500, 6_000),
    CLOCK_STEP(Place.CLOCK, 0, 0),
    /** Faults of a cluster of three members. */
    KILL_MEMBER(Place.MEMBER, 0, 6_000),
    PAUSE_MEMBER(Place.MEMBER, 1_000, 25_000),
    CUT_MEMBER(Place.MEMBER, 1_000, 25_000),
    SPLIT_CLUSTER(Place.MEMBER, 16_000, 30_000),
    BAD_MEMBER_NETWORK(Place.MEMBER, 3_000, 10_000),
    ROLLING_RESTART(Place.MEMBER, 2_000, 4_000);

    /** The part of the deployment that a fault affects. */
    enum Place {
        CONTROLLER,
        RELAY,
        ENGINE,
        ENGINE_LINK,
        LINK,
        BROWSER,
        CLOCK,
        MEMBER
    }

    private final Place place;
    private final int shortest;
    private final int longest;

    FaultKind(Place place, int shortest, int longest) {
        this.place = place;
        this.shortest = shortest;
        this.longest = longest;
    }

    Place place() {
        return place;
    }

    /** Milliseconds. */
    int shortest() {
        return shortest;
    }

    /** Milliseconds. */
    int longest() {
        return longest;
    }

    /** The faults that can be caused on any machine. */
    static List<FaultKind> certain() {
        return all().stream().filter(kind -> kind != BAD_NETWORK).toList();
    }

    static List<FaultKind> all() {
        return Arrays.stream(values())
                .filter(kind -> kind.place != Place.MEMBER)
                .toList();
    }

    /** The faults of a clustered run. */
    static List<FaultKind> clustered() {
        Set<FaultKind> others =
                EnumSet.of(STOP_CONTAINER, KILL_CONTAINER, RESTART_CONTAINER, ROTATE_LOG, SLOW_BROWSER, BROWSER_AWAY);
        return Arrays.stream(values())
                .filter(kind -> kind.place == Place.MEMBER || others.contains(kind))
                .toList();
    }
}
