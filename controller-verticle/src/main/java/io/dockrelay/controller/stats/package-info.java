/**
 * CPU, memory, network and disk use of this controller's containers. In: watches from the bus, and the engine's
 * counters. Out: samples on the bus, while there are watches.
 *
 * <p>Deployed by the controller; other code uses it over the bus only ({@code protocol.stats}).
 */
package io.dockrelay.controller.stats;
