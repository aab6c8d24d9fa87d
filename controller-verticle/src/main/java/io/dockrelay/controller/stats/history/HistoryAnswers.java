package io.dockrelay.controller.stats.history;

import java.util.Collection;
import java.util.List;

import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerList;
import io.dockrelay.protocol.stats.HostStats;
import io.dockrelay.protocol.stats.LoadHistory;
import io.dockrelay.protocol.stats.RecentLoad;

/**
 * Makes answers from histories. Pure.
 *
 * @param controller the controller's id
 */
record HistoryAnswers(String controller, HostStats host, HistoryRange range) {

    LoadHistory of(ContainerHistory history) {
        return new LoadHistory(
                history.container().name(),
                controller,
                history.container().id(),
                range.begins(),
                range.stepMs(),
                host,
                history.memoryLimit(),
                history.column(LoadMeasure.CPU, range),
                history.column(LoadMeasure.MEMORY, range),
                history.column(LoadMeasure.RECEIVED, range),
                history.column(LoadMeasure.SENT, range),
                history.column(LoadMeasure.READ, range),
                history.column(LoadMeasure.WRITTEN, range));
    }

    /** Of a container that was never measured. */
    LoadHistory nothingOf(Container container) {
        var names = new KeptContainer(container.id(), container.name(), container.fullName());
        return of(new ContainerHistory(names, range.stepMs()));
    }

    /** Those of the list; the removed ones are not in it any more. */
    RecentLoad recent(Collection<ContainerHistory> histories, ContainerList list) {
        List<RecentLoad.Item> items = histories.stream()
                .filter(history -> list.byId(history.container().id()).isPresent())
                .map(this::item)
                .toList();
        return new RecentLoad(controller, range.begins(), range.stepMs(), host, items);
    }

    private RecentLoad.Item item(ContainerHistory history) {
        return new RecentLoad.Item(
                history.container().name(),
                history.container().id(),
                history.memoryLimit(),
                history.column(LoadMeasure.CPU, range).mean(),
                history.column(LoadMeasure.MEMORY, range).mean());
    }
}
