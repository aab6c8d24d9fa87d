package io.dockrelay.docker;

import java.util.Map;

import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;

/** Finds the engine that the environment means, as the docker command line would, and a little further. */
public final class DockerHosts {

    private DockerHosts() {}

    /** {@link #discover(Map)} with this process's environment. */
    public static DockerClientConfig discover() {
        return discover(System.getenv());
    }

    /** DOCKER_HOST, contexts, else the default socket, rootless Docker's, Podman's. */
    public static DockerClientConfig discover(Map<String, String> environment) {
        DefaultDockerClientConfig.Builder builder = DefaultDockerClientConfig.createDefaultConfigBuilder();
        String host = environment.get("DOCKER_HOST");
        return (host == null ? builder : builder.withDockerHost(host)).build();
    }
}
