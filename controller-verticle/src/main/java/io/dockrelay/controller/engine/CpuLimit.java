package io.dockrelay.controller.engine;

import com.github.dockerjava.api.model.HostConfig;

/** How many cores a container may use. Pure. */
public final class CpuLimit {

    private static final double NANO_CPUS = 1e9;

    private CpuLimit() {}

    /** In cores: either set as such, or as a share of a period. Null when there is no limit. */
    public static Double of(HostConfig host) {
        if (host == null) {
            return null;
        }
        if (isSet(host.getNanoCPUs())) {
            return host.getNanoCPUs() / NANO_CPUS;
        }
        boolean shared = isSet(host.getCpuQuota()) && isSet(host.getCpuPeriod());
        return shared ? (Double) ((double) host.getCpuQuota() / host.getCpuPeriod()) : null;
    }

    private static boolean isSet(Long value) {
        return value != null && value > 0;
    }
}
