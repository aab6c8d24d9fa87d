package io.dockrelay.e2e;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

import org.bouncycastle.LICENSE;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.dockrelay.e2e.harness.Bom;
import io.dockrelay.e2e.harness.Checkout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Each library in the distributed jars is in the list of libraries, and the text of its licence is in the jar. */
@Tag("engine") // It needs no engine, but the packaged program.
class LicencesTest {

    private static final String LIST = "META-INF/licences/libraries.tsv";

    @Test
    void eachLibraryOfTheProgramHasItsLicence() throws IOException {
        assertHasLicences(Checkout.jar());
    }

    @Test
    void eachLibraryOfTheClusterHasItsLicence() throws IOException {
        assertHasLicences(Checkout.clusterJar());
    }

    @Test
    void conditionsOfTheRegularExpressionsAreInTheProgram() throws IOException {
        try (var jar = new JarFile(Checkout.jar().toFile())) {
            assertThat(text(jar, "META-INF/licences/re2j.txt"))
                    .contains("The Go Authors", "Redistributions in binary form must reproduce");
        }
    }

    @Test
    void conditionsOfBouncyCastleAreThoseOfItsVersion() throws IOException {
        try (var jar = new JarFile(Checkout.jar().toFile())) {
            assertThat(text(jar, "META-INF/licences/bouncycastle.txt"))
                    .isEqualToNormalizingWhitespace(LICENSE.licenseText);
        }
    }

    /** The browser gets copies of these packages, so their licences are served beside them. */
    @Test
    void eachPackageOfThePageHasItsLicence() throws IOException {
        try (var jar = new JarFile(Checkout.jar().toFile())) {
            String texts = text(jar, "webroot/licences/third-party.txt");

            assertThat(Bom.of("dockrelay-page").components()).isNotEmpty().allSatisfy(component -> {
                String licence = component
                        .getJsonArray("licenses")
                        .getJsonObject(0)
                        .getJsonObject("license")
                        .getString("id");
                String head = Bom.name(component) + " " + component.getString("version") + " (" + licence + ")\n";
                assertThat(texts).contains(head);
            });
            assertThat(texts)
                    .contains("SIL OPEN FONT LICENSE", "Permission is hereby granted", "Yuxi (Evan) You")
                    .contains("Copyright");
            assertThat(text(jar, "webroot/assets.txt")).contains("\nlicences/third-party.txt\t");
        }
    }

    private static void assertHasLicences(Path path) throws IOException {
        Map<String, String> licences = licences();
        try (var jar = new JarFile(path.toFile())) {
            List<String> packages = jar.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
                    .map(name -> name.substring(0, name.lastIndexOf('/')))
                    .distinct()
                    .toList();
            assertThat(packages).isNotEmpty().allSatisfy(name -> {
                String licence = licenceOf(licences, name + "/");
                assertThat(licence)
                        .as("add the library of %s to %s", name, LIST)
                        .isNotNull();
                assertThat(jar.getEntry("META-INF/" + licence)).as(licence).isNotNull();
            });
        }
    }

    private static String licenceOf(Map<String, String> licences, String name) {
        return licences.entrySet().stream()
                .filter(each -> name.startsWith(each.getKey() + "/"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    /** The text's file by package, from the jar that has the list. */
    private static Map<String, String> licences() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (var jar = new JarFile(Checkout.jar().toFile())) {
            lines(text(jar, LIST)).map(line -> line.split("\t", -1)).forEach(row -> files.put(row[0], row[3]));
        }
        return files;
    }

    private static Stream<String> lines(String text) {
        return text.lines().filter(line -> !line.startsWith("#"));
    }

    private static String text(JarFile jar, String name) throws IOException {
        JarEntry entry = jar.getJarEntry(name);
        assertThat(entry).as(name).isNotNull();
        try (var in = jar.getInputStream(entry)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
