package io.dockrelay.client;

import java.util.List;

import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.Container;

/** An item of a {@link ContainerFeed}. */
public sealed interface ContainerEvent {

    /** {@return the id of the controller that it is about} */
    String controller();

    /**
     * All containers of a controller, as they are now: the first event of each controller. It replaces whatever was known of
     * it. It comes again only to a reader that was paused for long (see {@link ContainerFeed}), or after {@link Left}.
     *
     * @param controller the id of the controller
     * @param containers may be empty
     */
    record Snapshot(String controller, List<Container> containers) implements ContainerEvent {

        /** Copies the list. */
        public Snapshot {
            containers = List.copyOf(containers);
        }
    }

    /**
     * One container has changed. Changes whose status and health are equal before and after concern another field of the
     * element, such as its ports or the action in progress.
     *
     * @param controller the id of the controller
     * @param change with the complete element as it is now, unless it is removed
     */
    record Changed(String controller, Change change) implements ContainerEvent {}

    /**
     * The controller does not answer. Its containers stay as they were, and are not known to be so any more.
     *
     * @param controller the id of the controller
     */
    record Away(String controller) implements ContainerEvent {}

    /**
     * The controller answers again. What has changed meanwhile follows as {@link Changed}.
     *
     * @param controller the id of the controller
     */
    record Back(String controller) implements ContainerEvent {}

    /**
     * The controller has left for good, with its containers.
     *
     * @param controller the id of the controller
     */
    record Left(String controller) implements ContainerEvent {}
}
