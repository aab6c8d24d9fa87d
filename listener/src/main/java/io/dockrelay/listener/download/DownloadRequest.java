package io.dockrelay.listener.download;

import java.util.UUID;
import java.util.function.UnaryOperator;

import io.dockrelay.protocol.logs.DownloadFormat;
import io.dockrelay.protocol.logs.OpenDownload;
import io.dockrelay.protocol.wire.LogQueries;

/** The validated query of {@code GET …/logs/download}. Pure. */
record DownloadRequest(String since, String until, DownloadFormat format) {

    /**
     * @param parameter returns the value of a query parameter; null when it is absent
     * @throws IllegalArgumentException with a sentence for the client
     */
    static DownloadRequest of(UnaryOperator<String> parameter) {
        return new DownloadRequest(
                LogQueries.time("since", blankToNull(parameter.apply("since"))),
                LogQueries.time("until", blankToNull(parameter.apply("until"))),
                DownloadFormat.of(blankToNull(parameter.apply("format"))));
    }

    OpenDownload open(String container) {
        return new OpenDownload(UUID.randomUUID().toString(), container, since, until, format);
    }

    /** A form sends an empty field as an empty value. */
    private static String blankToNull(String value) {
        return value == null || value.isEmpty() ? null : value;
    }
}
