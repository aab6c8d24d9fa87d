package io.dockrelay.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.dockrelay.e2e.harness.Bom;
import io.dockrelay.e2e.harness.Checkout;

import static org.assertj.core.api.Assertions.assertThat;

/** The lists of parts, in META-INF/sbom of dockrelay.jar, against what the two jars and the page really hold. */
@Tag("engine") // It needs no engine, but the packaged program.
class SbomTest {

    @Test
    void programHoldsExactlyTheListedLibraries() throws IOException {
        assertHolds(Checkout.jar(), Bom.of("dockrelay"));
    }

    @Test
    void clusterHoldsExactlyTheListedLibraries() throws IOException {
        assertHolds(Checkout.clusterJar(), Bom.of("dockrelay-cluster"));
    }

    @Test
    void everyPartThatNamesItselfInAJarIsListed() throws IOException {
        assertThat(Bom.of("dockrelay").packed()).containsAll(named(Checkout.jar()));
        assertThat(Bom.of("dockrelay-cluster").packed()).containsAll(named(Checkout.clusterJar()));
    }

    @Test
    void eachDependencyOfThePageIsListedAsLocked() throws IOException {
        Path web = Checkout.root().resolve("web");
        JsonObject dependencies = json(web.resolve("package.json")).getJsonObject("dependencies");
        JsonObject locked = json(web.resolve("package-lock.json")).getJsonObject("packages");
        Bom page = Bom.of("dockrelay-page");

        assertThat(page.components().map(Bom::name)).containsAll(dependencies.fieldNames());
        assertThat(page.components()).allSatisfy(component -> {
            JsonObject entry = locked.getJsonObject("node_modules/" + Bom.name(component));
            assertThat(entry.getBoolean("dev", false))
                    .as("development only: " + entry)
                    .isFalse();
            assertThat(component.getString("version")).isEqualTo(entry.getString("version"));
            assertThat("sha512-" + base64(Bom.hash(component))).isEqualTo(entry.getString("integrity"));
        });
    }

    @Test
    void fontsAndFrameworkOfThePageAreThoseOfTheList() throws IOException {
        Set<String> names = Bom.of("dockrelay-page").components().map(Bom::name).collect(Collectors.toSet());
        try (var jar = new JarFile(Checkout.jar().toFile())) {
            Stream<String> fonts = jar.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.endsWith(".woff2"))
                    .map(name -> name.substring(name.lastIndexOf('/') + 1).replaceAll("-latin.*", ""));

            assertThat(fonts.map(font -> "@fontsource-variable/" + font))
                    .isNotEmpty()
                    .allMatch(names::contains);
        }
        assertThat(names).contains("vue", "@vue/runtime-dom", "@vue/reactivity");
        assertThat(names).as("compiles templates, at build time").doesNotContain("@vue/compiler-sfc");
    }

    /** Whoever builds the same commit gets the same bytes. */
    @ParameterizedTest
    @ValueSource(strings = {"dockrelay", "dockrelay-cluster", "dockrelay-page"})
    void listHasNeitherATimeNorASerialNumberAndIsSorted(String name) throws IOException {
        Bom bom = Bom.of(name);

        assertThat(bom.json().fieldNames()).doesNotContain("serialNumber");
        assertThat(bom.json().getJsonObject("metadata").fieldNames()).containsOnly("component");
        assertThat(bom.components().map(component -> component.getString("purl")))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dockrelay", "dockrelay-cluster", "dockrelay-page"})
    void eachPartHasAVersionAHashAndALicence(String name) throws IOException {
        assertThat(Bom.of(name).components()).isNotEmpty().allSatisfy(component -> {
            assertThat(component.getString("version")).matches("\\d[\\w.-]*");
            assertThat(Bom.hash(component)).matches("[0-9a-f]{64}|[0-9a-f]{128}");
            assertThat(component.getJsonArray("licenses")).hasSize(1);
        });
    }

    private static void assertHolds(Path program, Bom bom) throws IOException {
        Set<String> listed = new TreeSet<>();
        Set<String> held = classes(program);
        for (JsonObject component : bom.components().toList()) {
            Path library = Bom.fileOf(component);
            assertThat(Bom.sha256(library)).as(library.toString()).isEqualTo(Bom.hash(component));
            Set<String> classes = classes(library);
            assertThat(held.containsAll(classes)).as(library.toString()).isTrue();
            listed.addAll(classes);
        }
        held.removeAll(listed);
        assertThat(held).as("classes of no listed library").allMatch(name -> name.startsWith("io/dockrelay/"));
    }

    /** The classes of a jar, with the checksums of their bytes. */
    private static Set<String> classes(Path path) throws IOException {
        try (var jar = new JarFile(path.toFile())) {
            return jar.stream()
                    .filter(entry -> entry.getName().endsWith(".class")
                            && !entry.getName().endsWith("module-info.class"))
                    .map(entry -> entry.getName() + " " + Long.toHexString(entry.getCrc()))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** What the jars of Maven's builds say of themselves: group:artifact:version. */
    private static Set<String> named(Path path) throws IOException {
        Set<String> named = new TreeSet<>();
        try (var jar = new JarFile(path.toFile())) {
            for (JarEntry entry : jar.stream()
                    .filter(entry -> entry.getName().endsWith("/pom.properties"))
                    .toList()) {
                var part = new Properties();
                try (InputStream in = jar.getInputStream(entry)) {
                    part.load(in);
                }
                if (!part.getProperty("groupId").equals("io.dockrelay")) {
                    named.add(part.getProperty("groupId") + ":" + part.getProperty("artifactId") + ":"
                            + part.getProperty("version"));
                }
            }
        }
        assertThat(named).isNotEmpty();
        return named;
    }

    private static String base64(String hex) {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
    }

    private static JsonObject json(Path file) throws IOException {
        return new JsonObject(Files.readString(file));
    }
}
