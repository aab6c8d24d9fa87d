package io.dockrelay.docker;

import java.net.URI;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.AuthConfigurations;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.core.SSLConfig;

/**
 * Another configuration, with the same mapper whenever it is asked for one. docker-java's own configurations copy theirs
 * each time (3.7.1), and a client asks when it is made: each command would find out anew how to read its answer, which
 * takes longer than the engine takes to give it. For any thread, as far as the other is.
 */
final class OneMapperConfig implements DockerClientConfig {

    private final DockerClientConfig other;
    private final ObjectMapper mapper;

    OneMapperConfig(DockerClientConfig other) {
        this.other = other;
        this.mapper = other.getObjectMapper();
    }

    @Override
    public ObjectMapper getObjectMapper() {
        return mapper;
    }

    @Override
    public URI getDockerHost() {
        return other.getDockerHost();
    }

    @Override
    public RemoteApiVersion getApiVersion() {
        return other.getApiVersion();
    }

    @Override
    public String getRegistryUsername() {
        return other.getRegistryUsername();
    }

    @Override
    public String getRegistryPassword() {
        return other.getRegistryPassword();
    }

    @Override
    public String getRegistryEmail() {
        return other.getRegistryEmail();
    }

    @Override
    public String getRegistryUrl() {
        return other.getRegistryUrl();
    }

    @Override
    public AuthConfig effectiveAuthConfig(String imageName) {
        return other.effectiveAuthConfig(imageName);
    }

    @Override
    public AuthConfigurations getAuthConfigurations() {
        return other.getAuthConfigurations();
    }

    @Override
    @SuppressWarnings("deprecation") // the interface has no other type
    public SSLConfig getSSLConfig() {
        return other.getSSLConfig();
    }
}
