package io.dockrelay.controller.inventory;

import io.dockrelay.protocol.state.ContainerStatus;

/**
 * The result of an inspection of one container.
 *
 * @param status at that moment; shows whether the list is of the same moment
 */
record Inspection(ContainerStatus status, InspectedFacts facts) {}
