package io.dockrelay.protocol.logs;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * A part of a download. Without bytes and without an end, nothing has arrived yet.
 *
 * @param bytes the next bytes of the file; they may end inside a line. A complete file ends with its {@linkplain
 *     DownloadFormat#end last line}
 * @param ended whether this is the last part; there is nothing left to pull or to close then
 * @param failure why it ended before the log did, as a sentence; null otherwise
 */
@SuppressWarnings("ArrayRecordComponent") // Parts are never compared, and a copy of each would cost more than the rest.
public record DownloadPart(@JsonIgnore byte[] bytes, boolean ended, String failure)
        implements CarriesBytes<DownloadPart> {

    public DownloadPart {
        bytes = bytes == null ? new byte[0] : bytes;
    }

    /** Nothing has arrived yet. */
    public static DownloadPart none() {
        return new DownloadPart(null, false, null);
    }

    @Override
    public DownloadPart withBytes(byte[] replaced) {
        return new DownloadPart(replaced, ended, failure);
    }
}
