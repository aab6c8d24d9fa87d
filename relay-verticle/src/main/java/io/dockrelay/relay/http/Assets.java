package io.dockrelay.relay.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;

import io.vertx.core.buffer.Buffer;

/**
 * The dashboard's files, read once from the class path. The web build lists them in {@code assets.txt}: path, hash and
 * encodings per line, separated by tabs. Immutable; for any thread.
 */
public final class Assets {

    private static final String LIST = "assets.txt";
    static final String INDEX = "index.html";

    private final Map<String, Asset> byPath;

    private Assets(Map<String, Asset> byPath) {
        this.byPath = Map.copyOf(byPath);
    }

    /**
     * Reads from the class path, which blocks.
     *
     * @param root the folder, such as {@code webroot}
     * @param pathPrefix path at which the page is served; becomes its base address
     */
    public static Assets load(ClassLoader classes, String root, String pathPrefix) {
        Map<String, Asset> assets = new HashMap<>();
        byte[] list = read(classes, root + "/" + LIST);
        String lines = list == null ? "" : new String(list, StandardCharsets.UTF_8);
        lines.lines().forEach(line -> {
            Asset asset = asset(classes, root, line);
            assets.put(asset.path(), asset.path().equals(INDEX) ? at(pathPrefix, asset) : asset);
        });
        return new Assets(assets);
    }

    /** Null when there is none. */
    Asset at(String path) {
        return byPath.get(path);
    }

    /** The paths of all files except the page itself. */
    Stream<String> loadedByThePage() {
        return byPath.keySet().stream().filter(path -> !path.equals(INDEX));
    }

    /** Null when the relay was built without a dashboard. */
    Asset index() {
        return byPath.get(INDEX);
    }

    /** Identifies the dashboard's version; empty when there is none. */
    public String hash() {
        return index() == null ? "" : index().hash();
    }

    private static Asset asset(ClassLoader classes, String root, String line) {
        String[] columns = line.split("\t", -1);
        if (columns.length < 3) {
            throw new IllegalStateException(root + "/" + LIST + " has a line with fewer than three columns: " + line);
        }
        Map<ContentEncoding, Buffer> forms = new EnumMap<>(ContentEncoding.class);
        for (ContentEncoding form : ContentEncoding.values()) {
            byte[] content = read(classes, root + "/" + columns[0] + form.suffix());
            if (content != null) {
                forms.put(form, Buffer.buffer(content));
            }
        }
        if (!forms.containsKey(ContentEncoding.IDENTITY)) {
            throw new IllegalStateException(
                    root + "/" + LIST + " lists " + columns[0] + ", which is missing; build the web module again");
        }
        return new Asset(columns[0], columns[1], forms);
    }

    /** The page's addresses are relative and it is served for paths of any depth, so it needs a base address. */
    private static Asset at(String pathPrefix, Asset index) {
        String html = index.forms().get(ContentEncoding.IDENTITY).toString();
        String base = "<base href=\"" + pathPrefix + "/\">";
        String placed = html.replaceFirst("<head>", "<head>\n    " + base);
        Buffer content = Buffer.buffer(placed);
        return new Asset(index.path(), hash(content), Map.of(ContentEncoding.IDENTITY, content));
    }

    private static String hash(Buffer content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes());
            return HexFormat.of().formatHex(digest).substring(0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] read(ClassLoader classes, String name) {
        try (InputStream in = classes.getResourceAsStream(name)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
