/**
 * The past load of containers: an hour in steps of some seconds, a day in minutes. In: the samples of {@code
 * controller.stats}, from the bus, and a file. Out: answers on the bus.
 *
 * <p>{@code SlotRing} is the memory, {@code LoadTier} one resolution, {@code ContainerHistory} one container, {@code
 * LoadHistories} all of them with their bounds; {@code HistoryRange} and {@code HistoryAnswers} make answers; {@code
 * HistorySaves} writes them to disk, with {@code HistoryFormat}, {@code HistoryFile} and {@code HistoryWriter}; {@code
 * HistoryVerticle} connects the parts. Deployed by the
 * controller; other code uses it over the bus only ({@code protocol.stats}).
 */
package io.dockrelay.controller.stats.history;
