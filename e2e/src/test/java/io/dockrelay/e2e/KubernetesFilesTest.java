package io.dockrelay.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

import io.dockrelay.e2e.harness.Checkout;

import static org.assertj.core.api.Assertions.assertThat;

/** What deploy/kubernetes promises; {@code e2e/kubernetes/validate} holds it to the schemas of Kubernetes. */
class KubernetesFilesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FOLDER = Checkout.root().resolve("deploy/kubernetes");
    private static final String KUSTOMIZATION = "kustomization.yaml";

    private static List<JsonNode> documents;

    @BeforeAll
    static void read() throws IOException {
        documents = new ArrayList<>();
        for (Path file : files()) {
            for (Object document : new Yaml().loadAll(Files.readString(file))) {
                documents.add(JSON.valueToTree(document));
            }
        }
    }

    /** All but Kustomize's own. */
    private static List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(FOLDER)) {
            return all.filter(file -> file.toString().endsWith(".yaml") && !file.endsWith(KUSTOMIZATION))
                    .toList();
        }
    }

    @Test
    void kustomizationNamesEveryFile() throws IOException {
        Map<String, List<String>> kustomization = new Yaml().load(Files.readString(FOLDER.resolve(KUSTOMIZATION)));
        assertThat(kustomization.get("resources"))
                .containsExactlyInAnyOrderElementsOf(files().stream()
                        .map(file -> file.getFileName().toString())
                        .toList());
    }

    @Test
    void everyPartIsThere() {
        assertThat(documents.stream()
                        .map(document -> document.path("kind").asText() + " "
                                + document.at("/metadata/name").asText()))
                .contains(
                        "DaemonSet controllers",
                        "Deployment relays",
                        "Service relays",
                        "Service members",
                        "NetworkPolicy members",
                        "ServiceAccount member",
                        "PodDisruptionBudget relays");
        assertThat(one("Deployment").at("/spec/replicas").asInt()).isEqualTo(2);
    }

    @Test
    void podsHaveNoRightAtTheApiOfKubernetes() {
        assertThat(documents.stream().map(document -> document.path("kind").asText()))
                .noneMatch(kind -> kind.contains("Role"));
        assertThat(pods()).allSatisfy(pod -> {
            assertThat(pod.path("serviceAccountName").asText()).isEqualTo("member");
            assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
        });
    }

    @Test
    void containersHaveNoMoreRightsThanTheyNeed() {
        assertThat(pods()).allSatisfy(pod -> {
            JsonNode container = pod.at("/containers/0");
            JsonNode context = container.path("securityContext");
            assertThat(context.path("readOnlyRootFilesystem").asBoolean()).isTrue();
            assertThat(context.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
            assertThat(context.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
            assertThat(context.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            assertThat(container.at("/resources/limits/memory").asText()).isNotEmpty();
            assertThat(container.has("livenessProbe") && container.has("startupProbe"))
                    .isTrue();
        });
        assertThat(template("Deployment")
                        .at("/containers/0/securityContext/runAsNonRoot")
                        .asBoolean())
                .isTrue();
        assertThat(template("Deployment").at("/containers/0").has("readinessProbe"))
                .isTrue();
    }

    @Test
    void onlyMembersReachThePortsOfTheCluster() {
        List<JsonNode> rules = documents.stream()
                .filter(document -> document.path("kind").asText().equals("NetworkPolicy"))
                .flatMap(policy -> elements(policy.at("/spec/ingress")))
                .toList();
        assertThat(rules).isNotEmpty().allSatisfy(rule -> {
            boolean ofTheCluster = elements(rule.path("ports"))
                    .anyMatch(port -> port.path("port").asInt() != 3000);
            assertThat(!ofTheCluster
                            || rule.at("/from/0/podSelector/matchLabels").size() == 1)
                    .as(rule.toString())
                    .isTrue();
        });
        assertThat(elements(one("ConfigMap").path("data")).map(JsonNode::asText))
                .contains("/cluster/tls.crt", "/cluster/tls.key", "/cluster/ca.crt", "5701", "5702");
    }

    private static JsonNode one(String kind) {
        return documents.stream()
                .filter(document -> document.path("kind").asText().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode template(String kind) {
        return one(kind).at("/spec/template/spec");
    }

    private static List<JsonNode> pods() {
        return List.of(template("DaemonSet"), template("Deployment"));
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        List<JsonNode> elements = new ArrayList<>();
        array.forEach(elements::add);
        return elements.stream();
    }
}
