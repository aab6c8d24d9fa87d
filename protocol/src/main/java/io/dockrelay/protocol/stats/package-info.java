/**
 * CPU, memory, network and disk use of containers. In: watches with a selection and an interval. Out: samples, and
 * each subscriber's part of them; on request, the past.
 *
 * <p>A measurement is {@code ContainerStats}; {@code StatsInterval} bounds the interval, {@code StatsSet} is a
 * selection, {@code StatsLeases} unites watches, {@code StatsPace} selects a subscriber's part. {@code LoadHistory} is
 * the past of one container, {@code RecentLoad} the last hour of all. Messages of the bus, and pure decisions for the controller that measures and for servers of clients; for every module.
 */
package io.dockrelay.protocol.stats;
