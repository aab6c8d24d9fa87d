package io.dockrelay.relay.fleet;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import io.dockrelay.protocol.bus.EngineStatus;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.state.Container;

/** What a name, full name or id stands for in the fleet. */
public sealed interface FleetLookup {

    /** What a container is found by, in this order. */
    List<Function<Container, String>> MEANT_BY = List.of(Container::name, Container::fullName, Container::id);

    /** Exactly one. */
    record One(Container container) implements FleetLookup {}

    /**
     * No container has that name.
     *
     * @param unseen an engine that is away, of which no container is known, and which may have this one
     */
    record None(String asked, Optional<EngineStatus> unseen) implements FleetLookup {

        public None(String asked) {
            this(asked, Optional.empty());
        }

        private Refusal refusal() {
            return unseen.map(engine -> new Refusal(RefusalKind.ENGINE_UNAVAILABLE, engine.message()))
                    .orElseGet(() -> Refusal.noSuchContainer(asked));
        }
    }

    /**
     * No container has that name; a controller that may have it has not been heard of since the relay's start. The time of this
     * is bounded: see {@link ExpectedControllers}.
     */
    record Undecided(String asked) implements FleetLookup {

        private Refusal refusal() {
            return starting("no container \"" + asked + "\" is known yet");
        }
    }

    /** Containers of several controllers. */
    record Several(String asked, List<String> controllers) implements FleetLookup {

        public Several {
            controllers = List.copyOf(controllers);
        }
    }

    /**
     * The container that is meant.
     *
     * @throws Refusal where there is none, or more than one
     */
    default Container orRefuse() {
        return switch (this) {
            case One one -> one.container();
            case None none -> throw none.refusal();
            case Undecided undecided -> throw undecided.refusal();
            case Several several ->
                throw new Refusal(
                        RefusalKind.BAD_REQUEST,
                        "\"" + several.asked() + "\" is on " + String.join(" and ", several.controllers()) + ": write "
                                + several.controllers().getFirst() + "/" + several.asked()
                                + ", or name the controller");
        };
    }

    /**
     * The refusal while a controller has not been heard of since the relay's start.
     *
     * @param missing the sentence's beginning: what is not there yet
     */
    static Refusal starting(String missing) {
        return new Refusal(
                RefusalKind.STARTING,
                missing + ": the relay has just started, and not every controller has answered; try again in a second");
    }

    /** Whether the container is meant by a name, a full name or an id. */
    static boolean isMeant(Container container, String asked) {
        return MEANT_BY.stream().anyMatch(field -> asked.equals(field.apply(container)));
    }

    /** Which of these is meant; a name goes before a full name, and a full name before an id. */
    static FleetLookup among(Collection<Container> containers, String controller, String asked) {
        for (Function<Container, String> field : MEANT_BY) {
            List<Container> meant = containers.stream()
                    .filter(container -> asked.equals(field.apply(container)))
                    .filter(container -> controller == null || controller.equals(container.controller()))
                    .toList();
            if (meant.size() == 1) {
                return new One(meant.getFirst());
            }
            if (!meant.isEmpty()) {
                return new Several(
                        asked, meant.stream().map(Container::controller).toList());
            }
        }
        return new None(asked);
    }
}
