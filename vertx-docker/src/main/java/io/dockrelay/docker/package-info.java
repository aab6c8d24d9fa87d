/**
 * The Docker Engine for Vert.x: docker-java's commands and models over Vert.x's own HTTP client.
 *
 * <p>Start at {@link io.dockrelay.docker.DockerEngine}; {@link io.dockrelay.docker.DockerHosts} finds the engine to talk
 * to. Short commands are docker-java's typed ones, run on a virtual thread and returned as futures. Logs, events and
 * measurements are back-pressured read streams without a thread. Nobody above this package sees HTTP.
 */
package io.dockrelay.docker;
