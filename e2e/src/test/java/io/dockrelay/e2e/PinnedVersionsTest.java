package io.dockrelay.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import io.dockrelay.e2e.harness.Checkout;

import static org.assertj.core.api.Assertions.assertThat;

/** What the build fetches is the same tomorrow, see docs/decisions/dependencies.md. */
class PinnedVersionsTest {

    /** The Maven and the JDK that build it. */
    private static final List<String> TOOLS = List.of("[3.8,)", "[21,)");

    private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");

    /** The image that a stage begins with, and the argument that holds its name. */
    private static final Pattern BASE = Pattern.compile("(?m)^(?:ARG \\w+=|FROM )(\\S+)");

    @Test
    void versionsAreInTheRootPomOnly() throws IOException {
        try (Stream<Path> files = Files.list(Checkout.root())) {
            List<Path> poms = files.map(folder -> folder.resolve("pom.xml"))
                    .filter(Files::exists)
                    .toList();

            assertThat(poms).hasSizeGreaterThan(5).allSatisfy(pom -> {
                String own = Files.readString(pom).replaceFirst("(?s)<parent>.*?</parent>", "");
                assertThat(versions(own)).as(pom.toString()).allMatch("${project.version}"::equals);
            });
        }
    }

    @Test
    void everyVersionOfTheRootPomIsOneVersion() throws IOException {
        String pom = Files.readString(Checkout.root().resolve("pom.xml"));
        List<String> versions = Stream.concat(
                        versions(pom),
                        Pattern.compile("\\.version>([^<]+)</")
                                .matcher(pom)
                                .results()
                                .map(match -> match.group(1)))
                .filter(version -> !version.startsWith("${") && !TOOLS.contains(version))
                .toList();

        assertThat(versions).hasSizeGreaterThan(20).allMatch(version -> version.matches("\\d[\\w.-]*"));
    }

    @Test
    void everyPackageOfThePageIsOneVersion() throws IOException {
        JsonObject described = json("web/package.json");

        assertThat(Stream.of("dependencies", "devDependencies")
                        .flatMap(kind -> described.getJsonObject(kind).stream().map(Map.Entry::getValue)))
                .allSatisfy(version -> assertThat(version.toString()).matches("\\d+\\.\\d+\\.\\d+"));
    }

    @Test
    void everyPackageOfTheLockFileHasAChecksum() throws IOException {
        assertThat(json("web/package-lock.json").getJsonObject("packages"))
                .hasSizeGreaterThan(100)
                .allSatisfy(entry -> {
                    if (!entry.getKey().isEmpty()) {
                        assertThat(((JsonObject) entry.getValue()).getString("integrity"))
                                .as(entry.getKey())
                                .startsWith("sha512-");
                    }
                });
    }

    @Test
    void mavenRefusesWhatDoesNotMatchItsChecksum() throws IOException {
        assertThat(Files.readAllLines(Checkout.root().resolve(".mvn/maven.config")))
                .contains("--strict-checksums");
    }

    @Test
    void basesOfTheImageAreOfAFixedLine() throws IOException {
        String dockerfile = Files.readString(Checkout.root().resolve("deploy/Dockerfile"));
        List<String> bases = BASE.matcher(dockerfile)
                .results()
                .map((MatchResult match) -> match.group(1))
                .filter(name -> !name.startsWith("$") && !name.equals("scratch"))
                .toList();

        assertThat(bases)
                .isNotEmpty()
                .allMatch(name -> name.matches("[\\w./-]+:[\\w.-]*\\d[\\w.-]*(@sha256:[0-9a-f]{64})?"));
    }

    private static Stream<String> versions(String pom) {
        return VERSION.matcher(pom).results().map(match -> match.group(1));
    }

    private static JsonObject json(String file) throws IOException {
        return new JsonObject(Files.readString(Checkout.root().resolve(file)));
    }
}
