package io.dockrelay.docker;

import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OneMapperConfigTest {

    private final DockerClientConfig dockerJavas = DefaultDockerClientConfig.createDefaultConfigBuilder()
            .withDockerHost("tcp://engine:2375")
            .withApiVersion("1.41")
            .withRegistryUsername("user")
            .withRegistryUrl("registry.example")
            .build();

    @Test
    void everyClientGetsTheSameMapper() {
        var config = new OneMapperConfig(dockerJavas);

        assertThat(config.getObjectMapper()).isSameAs(config.getObjectMapper());
        // When this fails, docker-java keeps its own mapper: delete OneMapperConfig.
        assertThat(dockerJavas.getObjectMapper()).isNotSameAs(dockerJavas.getObjectMapper());
    }

    @Test
    void everythingElseComesFromTheOtherConfig() {
        var config = new OneMapperConfig(dockerJavas);

        assertThat(config.getDockerHost()).hasToString("tcp://engine:2375");
        assertThat(config.getApiVersion()).isEqualTo(dockerJavas.getApiVersion());
        assertThat(config.getRegistryUsername()).isEqualTo("user");
        assertThat(config.getRegistryPassword()).isEqualTo(dockerJavas.getRegistryPassword());
        assertThat(config.getRegistryEmail()).isEqualTo(dockerJavas.getRegistryEmail());
        assertThat(config.getRegistryUrl()).isEqualTo("registry.example");
        assertThat(config.getSSLConfig()).isSameAs(dockerJavas.getSSLConfig());
    }
}
