package io.dockrelay.relay.http;

import java.util.Locale;
import java.util.Map;

import io.vertx.core.buffer.Buffer;

/**
 * One file of the dashboard, in memory in each available encoding.
 *
 * @param path below {@code webroot/}, without a leading slash
 * @param hash of its content
 */
record Asset(String path, String hash, Map<ContentEncoding, Buffer> forms) {

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("json", "application/json; charset=utf-8"),
            Map.entry("map", "application/json; charset=utf-8"),
            Map.entry("webmanifest", "application/manifest+json; charset=utf-8"),
            Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"));

    Asset {
        forms = Map.copyOf(forms);
    }

    String contentType() {
        String extension = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(extension, "application/octet-stream");
    }

    /** Whether the file never changes, because its name contains a hash of its content. */
    boolean immutable() {
        return path.startsWith("assets/");
    }

    String etag(ContentEncoding form) {
        return "\"" + hash + form.etagSuffix() + "\"";
    }
}
