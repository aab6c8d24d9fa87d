package io.dockrelay.controller.inventory;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ComposeFileTest {

    private static final String FILE = """
            name: from-file
            x-base: &base
              image: relay/base:1
            services:
              web:
                <<: *base
                container_name: from-file-web
                ports: ["80:80"]
              db:
                image: "postgres:${VERSION}"
                environment: !reset null
              empty:
            """;

    @Test
    void readsServicesOnly() {
        assertThat(ComposeFile.services(List.of(FILE), Optional.empty()))
                .containsExactly(
                        new ComposeService("from-file", "web", "relay/base:1", "from-file-web"),
                        new ComposeService("from-file", "db", null, null),
                        new ComposeService("from-file", "empty", null, null));
    }

    @Test
    void labelsAreAMappingOrAListAndLaterFilesAddTheirs() {
        String first = "services:\n  web:\n    labels: {dockrelay.hidden: true, dockrelay.control: off, secret: x}\n";
        String second = "services:\n  web:\n    labels: [team=web, dockrelay.hidden=false, bare]\n";
        var labels = RightsLabels.of(List.of("team"));
        ComposeService web =
                ComposeFile.services(List.of(first, second), Optional.of("p")).getFirst();
        assertThat(web.labels()).containsEntry("bare", "").containsEntry("secret", "x");
        assertThat(web.with(labels).labels())
                .isEqualTo(Map.of("dockrelay.hidden", "false", "dockrelay.control", "false", "team", "web"));
    }

    @Test
    void projectOfTheSettingsOverridesTheFile() {
        assertThat(ComposeFile.services(List.of(FILE), Optional.of("mine")))
                .extracting(ComposeService::project)
                .containsOnly("mine");
    }

    @Test
    void laterFilesOverrideEarlierOnes() {
        String over = "services:\n  web:\n    image: relay/web:2\n  extra: {image: x}\n";
        assertThat(ComposeFile.services(List.of(FILE, over), Optional.of("p")))
                .contains(
                        new ComposeService("p", "web", "relay/web:2", "from-file-web"),
                        new ComposeService("p", "extra", "x", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "services:", "services: {}", "# nothing"})
    void emptyFileHasNoServices(String text) {
        assertThat(ComposeFile.services(List.of(text), Optional.empty())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "services: [a, b]",
                "a: b: c",
                "- a",
                "just text",
                "services: {web: 7}",
                "\u0000",
                "a: !!javax.Thing [x]"
            })
    void errorSaysWhatIsWrong(String text) {
        assertThatThrownBy(() -> ComposeFile.services(List.of(text), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(?s)(not YAML: .*|.* is not a mapping)");
    }
}
