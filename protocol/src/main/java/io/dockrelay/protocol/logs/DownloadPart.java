package io.dockrelay.protocol.logs;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * A part of a download: lines in the store's order. Without lines and without an end, nothing has arrived yet.
 *
 * @param ended whether this is the last part; there is nothing left to pull or to close then
 * @param failure why it ended before the log did, as a sentence; null otherwise
 */
public record DownloadPart(@JsonIgnore LineBlock lines, boolean ended, String failure)
        implements CarriesLines<DownloadPart> {

    public DownloadPart {
        lines = lines == null ? LineBlock.EMPTY : lines;
    }

    @Override
    public DownloadPart withLines(LineBlock replaced) {
        return new DownloadPart(replaced, ended, failure);
    }
}
