package io.dockrelay.protocol.logs;

import java.time.Duration;

/**
 * Asks for the next part of a download. A download that is not pulled for {@link #LEASE} ends.
 *
 * @param wanted false only keeps the download open; the answer is an empty part
 */
public record PullDownload(String download, boolean wanted) {

    /** How long a controller keeps a download open that is not pulled. */
    public static final Duration LEASE = Duration.ofSeconds(60);

    /** How often a caller with a slow reader of its own keeps the download open. */
    public static final Duration RENEW_EVERY = Duration.ofSeconds(20);
}
