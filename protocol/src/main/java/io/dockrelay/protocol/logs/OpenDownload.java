package io.dockrelay.protocol.logs;

/**
 * Asks a controller to read a container's stored log from one end to the other; its parts are then pulled one by one.
 *
 * @param download unique among all downloads of the bus, made by the caller
 * @param container name, full name or id
 * @param since only lines after this nine-digit timestamp; null for no bound
 * @param until only lines before this nine-digit timestamp; null for all lines that exist now
 * @param format of the file; null for text
 */
public record OpenDownload(String download, String container, String since, String until, DownloadFormat format) {

    public OpenDownload {
        format = format == null ? DownloadFormat.TEXT : format;
    }
}
