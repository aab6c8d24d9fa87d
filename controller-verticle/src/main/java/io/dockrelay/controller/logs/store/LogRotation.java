package io.dockrelay.controller.logs.store;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.LogConfig.LoggingType;

/** When the engine starts a new file for a container's log. Pure. */
final class LogRotation {

    /** Default file size of the local driver. Drivers that cannot be read keep a copy with this driver. */
    private static final long LOCAL_BYTES = 20L * 1024 * 1024;

    /** As Docker reads sizes: decimal, with or without a B. */
    private static final Pattern SIZE = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,6})?) ?([kmgtp]?)i?b?");

    private static final String UNITS = "kmgtp";

    private LogRotation() {}

    /**
     * Size in bytes at which the engine starts a new file; 0 when it never does.
     *
     * @param config null when the engine did not send it
     */
    static long bytes(LogConfig config) {
        LoggingType driver = config == null ? null : config.getType();
        if (driver == null || driver == LoggingType.JOURNALD) {
            return 0;
        }
        Map<String, String> options = config.getConfig() == null ? Map.of() : config.getConfig();
        String size = options.getOrDefault("max-size", options.get("cache-max-size"));
        long otherwise = driver == LoggingType.JSON_FILE || driver == LoggingType.DEFAULT ? 0 : LOCAL_BYTES;
        return size == null ? otherwise : bytes(size);
    }

    private static long bytes(String size) {
        Matcher parts = SIZE.matcher(size.toLowerCase(Locale.ROOT).strip());
        if (!parts.matches()) {
            return 0; // -1 means "never" to Docker
        }
        int power = parts.group(2).isEmpty() ? 0 : UNITS.indexOf(parts.group(2)) + 1;
        return (long) (Double.parseDouble(parts.group(1)) * Math.pow(1_000, power));
    }
}
