package io.dockrelay.listener.download;

import java.util.UUID;
import java.util.function.UnaryOperator;

import io.dockrelay.protocol.logs.OpenDownload;
import io.dockrelay.protocol.wire.LogQueries;

/** The query of {@code GET …/logs/download}, checked. Pure. */
record DownloadRequest(String since, String until, DownloadFormat format) {

    /**
     * @param parameter the value of a query parameter; null when it is not there
     * @throws IllegalArgumentException with a sentence for whoever asked
     */
    static DownloadRequest of(UnaryOperator<String> parameter) {
        return new DownloadRequest(
                LogQueries.time("since", blankToNull(parameter.apply("since"))),
                LogQueries.time("until", blankToNull(parameter.apply("until"))),
                DownloadFormat.of(blankToNull(parameter.apply("format"))));
    }

    OpenDownload open(String container) {
        return new OpenDownload(UUID.randomUUID().toString(), container, since, until);
    }

    /** A form's field that was left empty. */
    private static String blankToNull(String value) {
        return value == null || value.isEmpty() ? null : value;
    }
}
