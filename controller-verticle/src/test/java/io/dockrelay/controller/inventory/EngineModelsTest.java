package io.dockrelay.controller.inventory;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import org.junit.jupiter.api.Test;

import io.dockrelay.controller.engine.EngineValues;
import io.dockrelay.protocol.state.Actions;
import io.dockrelay.protocol.state.ContainerStatus;
import io.dockrelay.protocol.state.PublishedPort;

import static org.assertj.core.api.Assertions.assertThat;

class EngineModelsTest {

    private static final ScanScope SCOPE =
            new ScanScope(Optional.empty(), new OwnContainers(Set.of()), RightsLabels.of(List.of("team")));

    private static final ObjectMapper MAPPER =
            DefaultDockerClientConfig.createDefaultConfigBuilder().build().getObjectMapper();

    @Test
    void listedContainerIsConverted() throws JsonProcessingException {
        String json = """
                {"Id":"0123456789abcdef","Names":["/other/alias","/web"],"Image":"nginx:1.27","Created":1764100000,
                 "State":"running","Status":"Up 2 hours (healthy)","Labels":{"io.dockrelay.part":"relay","dockrelay.hidden":"true","team":"web","password":"x"},
                 "Ports":[{"PrivatePort":443,"Type":"tcp"},
                          {"IP":"127.0.0.1","PrivatePort":80,"PublicPort":8080,"Type":"tcp"}]}
                """;
        ObservedContainer seen = EngineModels.seen(MAPPER.readValue(json, Container.class), SCOPE);
        assertThat(seen.id()).isEqualTo("0123456789ab");
        assertThat(seen.fullName()).isEqualTo("web");
        assertThat(seen.status()).isEqualTo(ContainerStatus.RUNNING);
        assertThat(seen.own()).isTrue();
        assertThat(seen.labels())
                .as("only the labels of rights")
                .containsOnly(Map.entry("dockrelay.hidden", "true"), Map.entry("team", "web"));
        assertThat(seen.createdAt()).isEqualTo(Instant.ofEpochSecond(1764100000));
        assertThat(seen.ports())
                .containsExactly(
                        new PublishedPort("127.0.0.1", 80, 8080, "tcp"), new PublishedPort(null, 443, null, "tcp"));
    }

    @Test
    void labelThatForbidsControlIsTheReasonOfEachAction() throws JsonProcessingException {
        String json = "{\"Id\":\"0123456789abcdef\",\"State\":\"running\",\"Labels\":{\"dockrelay.control\":\"off\"}}";
        ObservedContainer seen = EngineModels.seen(MAPPER.readValue(json, Container.class), SCOPE);
        assertThat(ActionPermissions.of(seen)).isEqualTo(Actions.none("its label dockrelay.control=off forbids it"));
    }

    @Test
    void containerWithAlmostNoFieldsIsConverted() throws JsonProcessingException {
        ObservedContainer seen = EngineModels.seen(
                MAPPER.readValue("{\"Id\":\"0123456789abcdef\",\"State\":\"thawing\"}", Container.class), SCOPE);
        assertThat(seen.fullName()).isEqualTo("0123456789ab");
        assertThat(seen.status()).isEqualTo(ContainerStatus.UNKNOWN);
        assertThat(seen.ports()).isEmpty();
    }

    @Test
    void failedStartHasTheEnginesSentenceAndTheReferenceOfTheImage() throws JsonProcessingException {
        String json = """
                {"RestartCount":0,"Config":{"Image":"nginx:1.27"},
                 "State":{"Status":"created","ExitCode":127,"Error":"exec: \\"/nope\\": no such file or directory"}}
                """;
        InspectedFacts facts = EngineModels.inspection(MAPPER.readValue(json, InspectContainerResponse.class))
                .facts();
        assertThat(facts.error()).isEqualTo("exec: \"/nope\": no such file or directory");
        assertThat(facts.exitCode()).isEqualTo(127);
        assertThat(facts.image()).isEqualTo("nginx:1.27");
    }

    @Test
    void timesThatMeanNeverAreNull() throws JsonProcessingException {
        String json = """
                {"RestartCount":2,"State":{"StartedAt":"2025-11-25T22:52:30.123456789Z",
                 "FinishedAt":"0001-01-01T00:00:00Z","ExitCode":0,"OOMKilled":false}}
                """;
        assertThat(EngineModels.inspection(MAPPER.readValue(json, InspectContainerResponse.class))
                        .facts())
                .isEqualTo(new InspectedFacts(
                        Instant.parse("2025-11-25T22:52:30.123456789Z"), null, 0, false, 2, null, null, null));
        assertThat(EngineValues.time("2025-11-25T23:52:30.1+01:00")).isEqualTo("2025-11-25T22:52:30.100Z");
        assertThat(EngineValues.time("soon")).isNull();
    }
}
