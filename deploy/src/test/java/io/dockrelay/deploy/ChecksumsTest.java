package io.dockrelay.deploy;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The step of the build that compares the libraries of the program with their checksums, {@code build/Sbom.java}. */
class ChecksumsTest {

    private static final String NAME = "org.example:example:1.0";

    private static URLClassLoader compiled;
    private static Method step;

    @TempDir
    private Path folder;

    private Path library;

    @BeforeAll
    static void compile(@TempDir Path classes) throws Exception {
        String[] arguments = {
            "-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none", "build/Sbom.java"
        };
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments))
                .isZero();
        compiled = new URLClassLoader(new URL[] {classes.toUri().toURL()}, ChecksumsTest.class.getClassLoader());
        step = compiled.loadClass("Sbom").getMethod("build", String[].class);
    }

    @AfterAll
    static void close() throws IOException {
        compiled.close();
    }

    @BeforeEach
    void makeALibrary() throws Exception {
        library = folder.resolve("example-1.0.jar");
        Files.copy(
                Path.of(ObjectMapper.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI()),
                library);
        Files.writeString(folder.resolve("list"), """

                The following files have been resolved:
                   org.example:example:jar:1.0:compile:%s -- module org.example
                   io.dockrelay:protocol:jar:0.1.0:compile:%s
                """.formatted(library, library));
        Files.writeString(folder.resolve("checksums"), "");
    }

    @Test
    void knownLibrariesAreListed() throws Exception {
        assertThat(build("write")).isEmpty();

        assertThat(build("compare")).isEmpty();
        assertThat(folder.resolve("checksums")).content().matches("[0-9a-f]{64}\t" + NAME + "\n");
        assertThat(folder.resolve("lists/dockrelay.cdx.json"))
                .content()
                .contains("\"purl\" : \"pkg:maven/org.example/example@1.0?type=jar\"", "\"id\" : \"Apache-2.0\"")
                .doesNotContain("protocol");
    }

    @Test
    void changedLibraryEndsTheBuild() throws Exception {
        var unused = build("write");
        Files.write(library, Files.readAllBytes(Path.of("pom.xml")));

        assertThat(build("compare")).contains("  + ", NAME, "-Dchecksums=write");
    }

    @Test
    void newLibraryEndsTheBuild() throws Exception {
        assertThat(build("compare")).contains("  + ", NAME, "-Dchecksums=write");
    }

    @Test
    void lineWithoutItsLibraryEndsTheBuild() throws Exception {
        var unused = build("write");
        Files.writeString(folder.resolve("list"), "   none\n");

        assertThat(build("compare")).contains("  - ", NAME);
    }

    /** What the step objects to; empty if it succeeds. */
    private String build(String mode) throws Exception {
        String[] arguments = {
            folder.resolve("list").toString(),
            "src/main/resources/META-INF/licences/libraries.tsv",
            folder.resolve("checksums").toString(),
            mode,
            folder.resolve("lists").toString(),
            "1"
        };
        try {
            step.invoke(null, (Object) arguments);
            return "";
        } catch (InvocationTargetException e) {
            assertThat(e.getCause()).isInstanceOf(IllegalStateException.class);
            return e.getCause().getMessage();
        }
    }
}
