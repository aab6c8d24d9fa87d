package io.dockrelay.controller.stats;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import com.github.dockerjava.api.model.BlkioStatEntry;
import com.github.dockerjava.api.model.MemoryStatsConfig;
import com.github.dockerjava.api.model.StatisticNetworksConfig;
import com.github.dockerjava.api.model.Statistics;
import com.github.dockerjava.api.model.StatsConfig;

import io.dockrelay.controller.engine.EngineValues;

/**
 * One reading of a container's counters. A value is null when the engine did not report it: a machine without the
 * control group reports nothing, or an impossible zero. Immutable.
 *
 * @param at time of the engine's clock
 * @param cpuNanos processor time since the run began
 * @param memoryBytes without the page cache
 * @param memoryLimit of the container, or of the machine when it has none
 */
record StatsReading(
        Instant at,
        Long cpuNanos,
        Long memoryBytes,
        Long memoryLimit,
        Long rxBytes,
        Long txBytes,
        Long readBytes,
        Long writeBytes) {

    private static final double DIGITS = 10_000;

    /** Null for a container that is not running: the engine answers with the year 1 and zeros. */
    static StatsReading of(Statistics stats) {
        Instant at = EngineValues.time(stats.getRead());
        if (at == null) {
            return null;
        }
        MemoryStatsConfig memory = stats.getMemoryStats();
        Map<String, StatisticNetworksConfig> networks = stats.getNetworks();
        Collection<StatisticNetworksConfig> all = networks == null ? List.of() : networks.values();
        List<BlkioStatEntry> io =
                stats.getBlkioStats() == null ? null : stats.getBlkioStats().getIoServiceBytesRecursive();
        return new StatsReading(
                at,
                cpu(stats),
                memory == null ? null : withoutCache(memory),
                memory == null ? null : positive(memory.getLimit()),
                sum(all, StatisticNetworksConfig::getRxBytes),
                sum(all, StatisticNetworksConfig::getTxBytes),
                sum(io, "read"),
                sum(io, "write"));
    }

    /** Average cores in use since an earlier reading of the same run; null when one of the two has no CPU value. */
    Double coresSince(StatsReading before) {
        if (before == null || before.cpuNanos == null || cpuNanos == null) {
            return null;
        }
        long passed = Duration.between(before.at, at).toNanos();
        long used = cpuNanos - before.cpuNanos;
        return passed <= 0 || used < 0 ? null : (Double) (Math.round(DIGITS * used / passed) / DIGITS);
    }

    private static Long cpu(Statistics stats) {
        return stats.getCpuStats() == null || stats.getCpuStats().getCpuUsage() == null
                ? null
                : positive(stats.getCpuStats().getCpuUsage().getTotalUsage());
    }

    /**
     * Control groups of version 1 report the total including subgroups as {@code total_…}; version 2 has only one
     * value.
     */
    private static Long withoutCache(MemoryStatsConfig memory) {
        Long usage = positive(memory.getUsage());
        StatsConfig stats = memory.getStats();
        if (usage == null || stats == null) {
            return usage;
        }
        Long inactive = stats.getTotalInactiveFile() == null ? stats.getInactiveFile() : stats.getTotalInactiveFile();
        return inactive == null || inactive > usage ? usage : (Long) (usage - inactive);
    }

    /** Null when no network has a value. */
    private static Long sum(Collection<StatisticNetworksConfig> all, Function<StatisticNetworksConfig, Long> bytes) {
        return all.stream()
                .map(bytes)
                .filter(Objects::nonNull)
                .reduce(Long::sum)
                .orElse(null);
    }

    /** Null when there is no entry at all; a container that wrote nothing has an entry with zero. */
    private static Long sum(List<BlkioStatEntry> entries, String operation) {
        if (entries == null || entries.isEmpty()) {
            return null;
        }
        return entries.stream()
                .filter(entry -> operation.equalsIgnoreCase(entry.getOp()) && entry.getValue() != null)
                .mapToLong(BlkioStatEntry::getValue)
                .sum();
    }

    private static Long positive(Long value) {
        return value == null || value <= 0 ? null : value;
    }
}
