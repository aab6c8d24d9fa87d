package io.dockrelay.docker;

import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OneMapperConfigTest {

    private final DockerClientConfig dockerJavas = DefaultDockerClientConfig.createDefaultConfigBuilder()
            .withDockerHost("tcp://engine:2375")
            .withApiVersion("1.41")
            .withRegistryUsername("somebody")
            .withRegistryUrl("registry.example")
            .build();

    @Test
    void mapperIsTheSameForEveryClient() {
        var config = new OneMapperConfig(dockerJavas);

        assertThat(config.getObjectMapper()).isSameAs(config.getObjectMapper());
        // The day this fails, docker-java keeps its own, and OneMapperConfig can go.
        assertThat(dockerJavas.getObjectMapper()).isNotSameAs(dockerJavas.getObjectMapper());
    }

    @Test
    void everythingElseIsTheOthers() {
        var config = new OneMapperConfig(dockerJavas);

        assertThat(config.getDockerHost()).hasToString("tcp://engine:2375");
        assertThat(config.getApiVersion()).isEqualTo(dockerJavas.getApiVersion());
        assertThat(config.getRegistryUsername()).isEqualTo("somebody");
        assertThat(config.getRegistryPassword()).isEqualTo(dockerJavas.getRegistryPassword());
        assertThat(config.getRegistryEmail()).isEqualTo(dockerJavas.getRegistryEmail());
        assertThat(config.getRegistryUrl()).isEqualTo("registry.example");
        assertThat(config.getSSLConfig()).isSameAs(dockerJavas.getSSLConfig());
    }
}
