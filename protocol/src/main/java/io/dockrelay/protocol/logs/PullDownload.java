package io.dockrelay.protocol.logs;

import java.time.Duration;

/**
 * Asks for the next part of a download. A download that nobody pulls for {@link #LEASE} is over.
 *
 * @param wanted false only says that the download is still wanted: it is answered by an empty part
 */
public record PullDownload(String download, boolean wanted) {

    /** How long a controller holds a log for somebody who does not pull. */
    public static final Duration LEASE = Duration.ofSeconds(60);

    /** How often somebody whose own reader is slow says that the download is still wanted. */
    public static final Duration RENEW_EVERY = Duration.ofSeconds(20);
}
