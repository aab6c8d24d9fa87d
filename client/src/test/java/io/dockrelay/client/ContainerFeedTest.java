package io.dockrelay.client;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.state.ContainerStatus;

import static org.assertj.core.api.Assertions.assertThat;

class ContainerFeedTest extends OnScriptedController {

    private final BlockingQueue<ContainerEvent> events = new LinkedBlockingQueue<>();

    @Test
    void beginsWithASnapshotAndContinuesWithChanges() throws Exception {
        ContainerFeed feed = follow();
        assertThat(statusIn(next(events))).isEqualTo(ContainerStatus.RUNNING);
        controller.become(ContainerStatus.EXITED, true);
        assertThat(changed().change().currentStatus()).isEqualTo(ContainerStatus.EXITED);
        await(feed.close());
    }

    @Test
    void lostChangeFollowsFromAnotherList() throws Exception {
        ContainerFeed feed = follow();
        next(events);
        controller.become(ContainerStatus.EXITED, false);
        controller.become(ContainerStatus.RUNNING, true);
        controller.become(ContainerStatus.DEAD, true);
        ContainerStatus last = ContainerStatus.RUNNING;
        while (last != ContainerStatus.DEAD) {
            last = changed().change().currentStatus();
        }
        await(feed.close());
    }

    @Test
    void controllerThatLeavesAndComesBackBeginsAgain() throws Exception {
        ContainerFeed feed = follow();
        next(events);
        controller.leave();
        assertThat(next(events)).isEqualTo(new ContainerEvent.Left(ScriptedController.ID));
        kill();
        start();
        assertThat(next(events)).isInstanceOf(ContainerEvent.Snapshot.class);
        await(feed.close());
    }

    @Test
    void silentControllerIsAwayUntilItIsBackWithWhatHasChanged() throws Exception {
        ContainerFeed feed = follow();
        next(events);
        kill();
        assertThat(next(events)).isEqualTo(new ContainerEvent.Away(ScriptedController.ID));
        start(ContainerStatus.EXITED);
        assertThat(next(events)).isEqualTo(new ContainerEvent.Back(ScriptedController.ID));
        assertThat(changed().change().currentStatus()).isEqualTo(ContainerStatus.EXITED);
        await(feed.close());
    }

    @Test
    void readerThatIsPausedForLongGetsASnapshotInstead() throws Exception {
        ContainerFeed feed = onContext(() -> {
            ContainerFeed one = dockrelay.containers(ScriptedController.ID);
            one.handler(events::add).fetch(0);
            return one;
        });
        next(events);
        feed.pause();
        for (int i = 0; i <= ContainerFeed.MOST_WAITING; i++) {
            controller.become(i % 2 == 0 ? ContainerStatus.EXITED : ContainerStatus.RUNNING, true);
        }
        assertThat(events.poll(2, TimeUnit.SECONDS)).isNull();
        feed.resume();
        assertThat(statusIn(next(events))).isEqualTo(ContainerStatus.EXITED);
        controller.become(ContainerStatus.DEAD, true);
        assertThat(changed().change().currentStatus()).isEqualTo(ContainerStatus.DEAD);
        await(feed.close());
    }

    @Test
    void containersOfAnotherControllerAreLeftOut() throws Exception {
        ContainerFeed feed = onContext(() -> dockrelay.containers("edge-2"));
        feed.handler(events::add);
        assertThat(events.poll(1, TimeUnit.SECONDS)).isNull();
        await(feed.close());
    }

    private ContainerFeed follow() throws Exception {
        ContainerFeed feed = onContext(dockrelay::containers);
        feed.handler(events::add);
        return feed;
    }

    private ContainerEvent.Changed changed() throws InterruptedException {
        return (ContainerEvent.Changed) next(events);
    }

    private static ContainerStatus statusIn(ContainerEvent event) {
        return ((ContainerEvent.Snapshot) event).containers().getFirst().status();
    }
}
