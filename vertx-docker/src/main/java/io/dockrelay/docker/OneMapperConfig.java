package io.dockrelay.docker;

import java.net.URI;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.AuthConfigurations;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.core.SSLConfig;

/**
 * Another configuration that always returns the same mapper. docker-java's own configurations (3.7.1) copy theirs for
 * each call, and each new client calls once: each command would analyse the model classes again, which takes longer
 * than the engine's response. For any thread, if the other configuration is.
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
