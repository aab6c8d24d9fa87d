package io.dockrelay.controller.inventory;

import io.dockrelay.protocol.state.ContainerStatus;

/**
 * What an inspection of one container told.
 *
 * @param status at that moment, by which one knows whether the list tells of the same
 */
record Inspection(ContainerStatus status, InspectedFacts facts) {}
