/**
 * The containers of the engine, and what changed between two scans. In: the engine's list, inspections and events, and
 * compose files. Out: the list and its numbered changes, on the bus. {@link
 * io.dockrelay.controller.inventory.DockerWatcher} owns the state and the effects; the decisions are pure.
 *
 * <p>When a scan runs: the steady interval is the setting {@code lookInterval}; {@code ScanScheduler} adds scans after
 * events. What a scan reads: {@code EngineScan} and {@code EngineModels}. The fields of an element of the list: {@code
 * ObservedContainer} and {@code ContainerFactory}. Short names: {@code Naming}. What counts as a change: {@code
 * InventoryDiff} and {@code Transition}, with the reasons of {@code protocol.state}. What only earlier scans show: {@code
 * RunHistory}, from {@code RestartLoops} and {@code RunEnds}. Which actions are possible: {@code
 * ActionPermissions}; which containers are Dockrelay's own: {@code OwnContainers}; which labels relays get, for
 * the rights of their users: {@code RightsLabels}.
 *
 * <p>Other packages of the controller use the list over the bus; from here they take only permissions, presence
 * features and the recognition of Dockrelay's own containers.
 */
package io.dockrelay.controller.inventory;
