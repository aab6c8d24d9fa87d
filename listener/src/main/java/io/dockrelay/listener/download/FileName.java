package io.dockrelay.listener.download;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The name of a downloaded file. Pure. */
final class FileName {

    private static final int LONGEST_CONTAINER = 100;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private FileName() {}

    static String of(String container, Instant now, String extension) {
        return safe(container) + "_" + TIME.format(now) + "." + extension;
    }

    /** A container's name without characters that have a meaning in a file system or a header. */
    static String safe(String container) {
        String replaced = container.replaceAll("[^A-Za-z0-9_.-]", "_").replaceAll("^[.-]+", "");
        String name = replaced.isEmpty() ? "container" : replaced;
        return name.substring(0, Math.min(name.length(), LONGEST_CONTAINER));
    }
}
