package io.dockrelay.relay.browser;

import java.util.List;

import io.dockrelay.protocol.rights.Permission;
import io.dockrelay.protocol.stats.ContainerStats;
import io.dockrelay.protocol.stats.StatsSample;
import io.dockrelay.relay.view.FleetView;

/** The part of each load sample that browsers with equal rights may have: found once for all of them. For one thread. */
final class SampleParts {

    private final FleetView view;
    /** Null before the first. */
    private StatsSample last;

    private StatsSample part;

    SampleParts(FleetView view) {
        this.view = view;
    }

    /** The same sample where that is all; null where nothing of the controller is visible. */
    @SuppressWarnings("ReferenceEquality") // To compare two samples would cost more than to filter one.
    StatsSample of(StatsSample sample) {
        if (last != sample) {
            last = sample;
            part = find(sample);
        }
        return part;
    }

    private StatsSample find(StatsSample sample) {
        String controller = sample.controller();
        List<ContainerStats> items = sample.items().stream()
                .filter(item -> view.mayNamed(Permission.STATS, controller, item.container()))
                .toList();
        if (items.isEmpty() && !view.rights().mayAtHost(Permission.STATS, controller)) {
            return null;
        }
        return items.size() == sample.items().size()
                ? sample
                : new StatsSample(controller, sample.at(), sample.host(), items);
    }
}
