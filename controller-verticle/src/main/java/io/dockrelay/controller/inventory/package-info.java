/**
 * The containers of the engine, and what changed between two scans. In: the engine's list, inspections and events, and compose
 * files. Out: the list and its numbered changes, on the bus. Decisions are pure (naming, elements, differences); {@link
 * io.dockrelay.controller.inventory.DockerWatcher} owns the state and the effects.
 *
 * <p>Other packages of the controller use the list over the bus; from here they take only permissions, presence features and
 * the recognition of Dockrelay's own containers.
 */
package io.dockrelay.controller.inventory;
