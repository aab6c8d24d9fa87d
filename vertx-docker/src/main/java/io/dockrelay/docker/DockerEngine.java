package io.dockrelay.docker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.Statistics;
import com.github.dockerjava.core.DockerClientConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/**
 * One Docker Engine, for a Vert.x program: docker-java's commands and models over Vert.x's own HTTP client.
 *
 * <p>Made once for an engine, on any thread, and closed by whoever made it. Nothing is connected before the first call,
 * so an engine that is away is a failed future and not a failed start; when it comes back the next call works, and
 * negotiates the API version anew.
 *
 * <p>Every method may be called from any thread. Futures complete, and streams call their handlers, on the Vert.x
 * context of the caller. Every failure is a {@link DockerEngineException}. The models that {@link #call} does not bring
 * have no raw values ({@code getRawValues}).
 */
public interface DockerEngine {

    /**
     * An engine at the config's host ({@link DockerHosts#discover()} finds one) with the default options. Made inside a
     * verticle it also ends with that verticle.
     *
     * @throws IllegalArgumentException for a host or certificates that cannot be used, with what would be right
     */
    static DockerEngine create(Vertx vertx, DockerClientConfig config) {
        return create(vertx, config, DockerEngineOptions.defaults());
    }

    static DockerEngine create(Vertx vertx, DockerClientConfig config, DockerEngineOptions options) {
        return new HttpDockerEngine(vertx, config, options);
    }

    /**
     * Runs a command of docker-java off the event loop, with the default deadline.
     *
     * <p>The function runs on a virtual thread and should do nothing but build the command and {@code exec()} it. Its
     * callbacks (logs, events, stats by {@code ResultCallback}) start a platform thread each: use the streams below.
     */
    <T> Future<T> call(Function<DockerClient, T> command);

    /** The same with a deadline of its own; after it the request is closed and the future fails with TIMEOUT. */
    <T> Future<T> call(Duration deadline, Function<DockerClient, T> command);

    /**
     * All containers, running or not, as docker-java's list command has them; cheap enough to be asked every second:
     * without a docker-java command, and the very same list as long as the engine answers the same.
     *
     * @param filters the engine's filters by name, such as {@code label=[colour=green]}; empty for all
     * @param deadline after it the request is closed and the future fails with TIMEOUT
     * @return a list that nobody may change; nor its objects, which other callers have too
     */
    Future<List<Container>> containers(Map<String, List<String>> filters, Duration deadline);

    /** One container, as docker-java's inspection has it, without one of its commands. Fails with NOT_FOUND for a missing one. */
    Future<InspectContainerResponse> inspect(String containerId, Duration deadline);

    /**
     * Stops a container; done when it has stopped, or had stopped before. docker-java's own command sends a grace of 10 s
     * where none is given, and cannot be kept from it.
     *
     * @param grace before the engine kills the container, in whole seconds; empty: the container's own, which the engine
     *     knows
     * @param deadline after it the request is closed and the future fails with TIMEOUT; the engine goes on
     */
    Future<Void> stop(String containerId, Optional<Duration> grace, Duration deadline);

    /** The same, and starts the container again. Starts one that does not run. */
    Future<Void> restart(String containerId, Optional<Duration> grace, Duration deadline);

    /** Reads or follows a log. The future fails with NOT_FOUND for a missing container, NOT_IMPLEMENTED for driver none. */
    Future<LogStream> logs(String containerId, LogQuery query);

    /** Listens to the engine's events. */
    Future<JsonStream<Event>> events(EventQuery query);

    /** One measurement a second for as long as it is open. Of a container that is not running: zeros. */
    Future<JsonStream<Statistics>> stats(String containerId);

    /**
     * One measurement, as soon as the engine has it: at once from new engines, within a second or two from others. It
     * has a connection of its own, so that a hundred at a time hold up no command. Of a container that is not running:
     * zeros.
     */
    Future<Statistics> statsNow(String containerId, Duration deadline);

    /** What was negotiated last; null before the first connection. */
    EngineVersion version();

    /** Where the engine is, for people: {@code unix:///var/run/docker.sock}. */
    String endpoint();

    /** Cancels every stream, fails every command that still runs, and closes all connections. */
    Future<Void> close();
}
