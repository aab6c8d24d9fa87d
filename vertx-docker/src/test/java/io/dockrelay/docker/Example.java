package io.dockrelay.docker;

import java.time.Duration;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.transport.DockerHttpClient;
import io.vertx.core.Vertx;

import static org.assertj.core.api.Assertions.assertThat;

/** The README's examples. {@link ReadmeTest} compares them and runs the first. */
final class Example {

    private Example() {}

    static void run(DockerEngine engine) {
        // README: begin
        engine.call(docker -> docker.listContainersCmd().withShowAll(true).exec())
                .onSuccess(all -> all.forEach(one -> System.out.println(one.getNames()[0] + " " + one.getStatus())))
                .onFailure(why -> System.err.println(why.getMessage()));

        engine.logs("web", LogQuery.following(10, false))
                .onSuccess(log -> {
                    StdStreamDecoder decoder = new StdStreamDecoder(log.multiplexed());
                    log.exceptionHandler(broken -> System.err.println(broken.getMessage()));
                    log.endHandler(end -> System.out.println("web has stopped"));
                    log.handler(buffer -> decoder.feed(
                            buffer, (stream, bytes, from, to) -> System.out.write(bytes, from, to - from)));
                    log.resume();
                })
                .onFailure(why -> System.err.println(why.getMessage()));
        // README: end
    }

    static DockerHttpClient client(Vertx vertx) {
        // README: begin client
        DockerClientConfig config = DockerHosts.discover();
        DockerHttpClient http = new VertxDockerHttpClient.Builder()
                .vertx(vertx)
                .dockerHost(config.getDockerHost())
                .sslConfig(config.getSSLConfig())
                .connectionTimeout(Duration.ofSeconds(5))
                .build();
        DockerClient docker = DockerClientImpl.getInstance(config, http);
        // README: end client
        assertThat(docker).isNotNull();
        return http;
    }
}
