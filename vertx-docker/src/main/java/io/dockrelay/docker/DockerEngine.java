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
import io.vertx.core.Future;

/**
 * One Docker Engine, for a Vert.x program: docker-java's commands and models over Vert.x's own clients ({@link
 * HttpDockerEngine}).
 *
 * <p>Create one per engine, on any thread; the creator closes it. Nothing is connected before the first call, so while
 * an engine is down futures fail and the start does not. After the engine has returned the next call works, and
 * negotiates the API version again.
 *
 * <p>Every method may be called from any thread. Futures complete, and streams call their handlers, on the Vert.x
 * context of the caller. Every failure is a {@link DockerEngineException}. Only the models that {@link #call} returns
 * have raw values ({@code getRawValues}).
 */
public interface DockerEngine {

    /**
     * Runs a command of docker-java off the event loop, with the default deadline.
     *
     * <p>The function runs on a virtual thread and should only build the command and {@code exec()} it. Each of its
     * callbacks (logs, events, stats by {@code ResultCallback}) starts a platform thread: use the streams below.
     */
    <T> Future<T> call(Function<DockerClient, T> command);

    /** The same with another deadline; after it the request is closed and the future fails with TIMEOUT. */
    <T> Future<T> call(Duration deadline, Function<DockerClient, T> command);

    /**
     * All containers, running or not, in the form of docker-java's list command. Cheap enough for a call per second: it
     * uses no docker-java command, and returns the same list object while the engine's response is the same.
     *
     * @param filters the engine's filters by name, such as {@code label=[colour=green]}; empty for all
     * @param deadline after it the request is closed and the future fails with TIMEOUT
     * @return shared with other callers: change neither the list nor its objects
     */
    Future<List<Container>> containers(Map<String, List<String>> filters, Duration deadline);

    /** One container in the form of docker-java's inspection, without one of its commands. Fails with NOT_FOUND. */
    Future<InspectContainerResponse> inspect(String containerId, Duration deadline);

    /**
     * Stops a container; completes when it has stopped, or if it had stopped before. docker-java's own command sends a
     * grace of 10 s when none is given, and cannot be prevented from it.
     *
     * @param grace in whole seconds, before the engine kills the container; empty for the container's own grace, which
     *     the engine knows
     * @param deadline after it the request is closed and the future fails with TIMEOUT; the engine continues
     */
    Future<Void> stop(String containerId, Optional<Duration> grace, Duration deadline);

    /** Stops a container like {@link #stop}, and starts it again. Starts one that does not run. */
    Future<Void> restart(String containerId, Optional<Duration> grace, Duration deadline);

    /**
     * Reads or follows a log. Fails with NOT_FOUND for a missing container, NOT_IMPLEMENTED for logging driver none.
     */
    Future<LogStream> logs(String containerId, LogQuery query);

    /** Subscribes to the engine's events. */
    Future<JsonStream<Event>> events(EventQuery query);

    /** One measurement per second while the stream is open. Zeros for a container that is not running. */
    Future<JsonStream<Statistics>> stats(String containerId);

    /**
     * One measurement, as soon as the engine has it: at once from new engines, within two seconds from older ones. Each
     * call has a connection of its own, so that a hundred at a time delay no command. Zeros for a container that is not
     * running.
     */
    Future<Statistics> statsNow(String containerId, Duration deadline);

    /** The version that was negotiated last; null before the first connection. */
    EngineVersion version();

    /** Where the engine is, for messages: {@code unix:///var/run/docker.sock}. */
    String endpoint();

    /** Cancels every stream, fails every running command, and closes all connections. */
    Future<Void> close();
}
