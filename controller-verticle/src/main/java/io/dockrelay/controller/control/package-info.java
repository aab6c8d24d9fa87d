/**
 * Starts, stops, restarts and kills containers, and follows each action to its end. In: actions over the bus. Out: outcomes,
 * and the progress published on the bus.
 *
 * <p>{@code ControlVerticle} answers and reports, {@code SerialQueues} allows one action per container at a time,
 * {@code ActionsInProgress} knows which are running and publishes them to the inventory,
 * {@code EngineActions} refuses what is not allowed, and runs an action with its grace and its deadline, {@code
 * ObservedState} says whether the state was reached. Other packages use only {@code EngineRefusals}, the translation of
 * engine failures.
 */
package io.dockrelay.controller.control;
