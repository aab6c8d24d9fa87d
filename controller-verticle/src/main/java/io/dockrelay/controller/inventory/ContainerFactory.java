package io.dockrelay.controller.inventory;

import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerStatus;
import io.dockrelay.protocol.state.Details;

/** Makes elements of {@code containers[]} from observed containers and compose services. Pure. */
final class ContainerFactory {

    private ContainerFactory() {}

    static Container of(ObservedContainer seen, String name, String controller, RunHistory history) {
        InspectedFacts facts = seen.known();
        var details = new Details(
                seen.imageReference(),
                seen.compose().project(),
                seen.compose().service(),
                facts.startedAt(),
                facts.finishedAt(),
                seen.hasEnded() ? seen.exitCode() : null,
                facts.oomKilled(),
                facts.restartCount(),
                seen.ports(),
                seen.untaggedImageId(),
                history.loop(),
                history.endRequested(),
                seen.error(),
                facts.cpuLimit(),
                seen.labels());
        boolean running = seen.status() == ContainerStatus.RUNNING;
        return new Container(
                name,
                seen.fullName(),
                seen.status(),
                seen.statusText(),
                running ? seen.text().health() : null,
                seen.id(),
                true,
                controller,
                ActionPermissions.of(seen),
                details,
                null);
    }

    /**
     * A service without a container.
     *
     * @param status not-created, or unknown before the first scan
     */
    static Container of(ComposeService service, String name, ContainerStatus status, String controller) {
        var details = Details.ofService(service.image(), service.project(), service.name(), service.labels());
        return new Container(
                name,
                service.fullName(),
                status,
                status == ContainerStatus.NOT_CREATED ? "Not created" : "Unknown",
                null,
                null,
                false,
                controller,
                ActionPermissions.of(ContainerStatus.NOT_CREATED, false),
                details,
                null);
    }
}
