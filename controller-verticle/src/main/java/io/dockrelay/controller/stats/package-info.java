/**
 * CPU, memory, network and disk use of this controller's containers. In: watches from the bus, and the engine's
 * counters. Out: samples on the bus, while there are watches.
 *
 * <p>{@code StatsSchedule} decides what is measured when and computes rates ({@code Spreading}: for watches that are
 * spread over their interval), {@code StatsReader} asks the engine, {@code StatsRefusal} spaces the rounds while the engine
 * refuses, {@code StatsVerticle} publishes. Deployed by the controller; other code uses it over the bus only ({@code
 * protocol.stats}).
 */
package io.dockrelay.controller.stats;
