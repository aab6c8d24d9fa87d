/**
 * The Docker Engine for Vert.x: docker-java's commands and models over Vert.x's own clients. In: a {@link
 * com.github.dockerjava.core.DockerClientConfig} that says where the engine is, and requests. Out: futures, and read
 * streams of logs, events and measurements.
 *
 * <p>Start at {@link io.dockrelay.docker.DockerEngine} and {@link io.dockrelay.docker.HttpDockerEngine}; {@link
 * io.dockrelay.docker.DockerHosts} finds the engine. docker-java's commands run on a virtual thread and return as
 * futures ({@code Command*}), and docker-java's own client can use their transport ({@link
 * io.dockrelay.docker.VertxDockerHttpClient}); the container list and inspections are read without a command ({@code EngineReads});
 * streams have back-pressure and no thread ({@link io.dockrelay.docker.stream}). Callers see no HTTP.
 *
 * <p>For any Vert.x program; depends on no other module of this project. Public types are the library's API.
 */
package io.dockrelay.docker;
