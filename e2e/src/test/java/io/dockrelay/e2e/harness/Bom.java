package io.dockrelay.e2e.harness;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A CycloneDX list of parts, as it is in the distributed jar. */
public record Bom(JsonObject json) {

    /** The list META-INF/sbom/NAME.cdx.json of dockrelay.jar. */
    public static Bom of(String name) throws IOException {
        String path = "META-INF/sbom/" + name + ".cdx.json";
        try (var jar = new JarFile(Checkout.jar().toFile())) {
            if (jar.getEntry(path) == null) {
                throw new AssertionError(
                        "dockrelay.jar has no " + path + "; build it with the page, without -Dnpm.skip");
            }
            try (var in = jar.getInputStream(jar.getEntry(path))) {
                return new Bom(new JsonObject(new String(in.readAllBytes(), UTF_8)));
            }
        }
    }

    public Stream<JsonObject> components() {
        return objects(json);
    }

    /** All parts, with those that are packed into another one: group:artifact:version. */
    public Set<String> packed() {
        Set<String> packed = new TreeSet<>();
        components()
                .flatMap(component -> Stream.concat(Stream.of(component), objects(component)))
                .forEach(component -> packed.add(component.getString("group") + ":" + component.getString("name") + ":"
                        + component.getString("version")));
        return packed;
    }

    /** The name of a package of npm, with its scope. */
    public static String name(JsonObject component) {
        String scope = component.getString("group");
        return scope == null ? component.getString("name") : scope + "/" + component.getString("name");
    }

    /** Hex digits. */
    public static String hash(JsonObject component) {
        return component.getJsonArray("hashes").getJsonObject(0).getString("content");
    }

    /** The jar of a component in Maven's local repository. */
    public static Path fileOf(JsonObject component) {
        String name = component.getString("name");
        String version = component.getString("version");
        String[] classifier = component.getString("purl").split("classifier=|&", -1);
        String suffix = component.getString("purl").contains("classifier=") ? "-" + classifier[1] : "";
        return repository()
                .resolve(component.getString("group").replace('.', '/'))
                .resolve(name)
                .resolve(version)
                .resolve(name + "-" + version + suffix + ".jar");
    }

    public static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The folder that holds io/vertx/vertx-core/VERSION/vertx-core-VERSION.jar. */
    private static Path repository() {
        try {
            Path jar = Path.of(Vertx.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return jar.resolve("../../../../..").normalize();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<JsonObject> objects(JsonObject parent) {
        return parent.getJsonArray("components", new JsonArray()).stream().map(JsonObject.class::cast);
    }
}
