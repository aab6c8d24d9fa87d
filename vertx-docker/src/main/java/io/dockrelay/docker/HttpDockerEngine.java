package io.dockrelay.docker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.Statistics;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.RemoteApiVersion;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;

import io.dockrelay.docker.stream.BodyStream;
import io.dockrelay.docker.stream.GetRequest;
import io.dockrelay.docker.stream.StreamOpening;

/** The engine over Vert.x's clients; connects the parts of this package. {@link DockerEngine} has the contract. */
public final class HttpDockerEngine implements DockerEngine {

    private final Vertx vertx;
    private final DockerClientConfig config;
    private final DockerEngineOptions options;
    private final ObjectMapper json;
    private final EngineErrors failures;
    private final Negotiation negotiation;
    private final Connections connections;
    private final EngineReads reads;
    private final CachedContainerList containers;
    private final ObjectReader inspection;

    /**
     * An engine at the config's host ({@link DockerHosts#discover()} finds one) with the default options. If it is
     * created inside a verticle, it also ends with that verticle.
     *
     * @throws IllegalArgumentException for a host or certificates that cannot be used; the message says what to change
     */
    public HttpDockerEngine(Vertx vertx, DockerClientConfig config) {
        this(vertx, config, DockerEngineOptions.defaults());
    }

    /** The same with other sizes and times. */
    public HttpDockerEngine(Vertx vertx, DockerClientConfig config, DockerEngineOptions options) {
        Endpoint endpoint = Endpoint.of(config.getDockerHost(), config.getSSLConfig() != null);
        this.vertx = vertx;
        this.config = new OneMapperConfig(config);
        this.options = options;
        this.json = EngineMapper.mapper();
        this.failures = new EngineErrors(endpoint.text(), json);
        this.negotiation = new Negotiation(json, failures, newest(config), new Deadline(options.deadline()));
        this.connections = new Connections(vertx, endpoint, config.getSSLConfig(), options, negotiation::forget);
        this.reads = new EngineReads(vertx, failures, negotiation, connections);
        this.containers = new CachedContainerList(reads, json);
        this.inspection = json.readerFor(InspectContainerResponse.class);
    }

    @Override
    public <T> Future<T> call(Function<DockerClient, T> command) {
        return call(options.deadline(), command);
    }

    @Override
    public <T> Future<T> call(Duration deadline, Function<DockerClient, T> command) {
        return new CommandCall<>(vertx, config, failures, command)
                .run(negotiation.version(connections), connections, new Deadline(deadline));
    }

    @Override
    public Future<List<Container>> containers(Map<String, List<String>> filters, Duration deadline) {
        return containers.ask(filters, deadline);
    }

    @Override
    public Future<InspectContainerResponse> inspect(String containerId, Duration deadline) {
        return reads.answer(api -> EnginePaths.container(api, containerId, "json"), deadline)
                .compose(answer -> reads.read(() -> inspection.readValue(answer.getBytes())));
    }

    @Override
    public Future<Void> stop(String containerId, Optional<Duration> grace, Duration deadline) {
        return command(containerId, "stop", grace, deadline);
    }

    @Override
    public Future<Void> restart(String containerId, Optional<Duration> grace, Duration deadline) {
        return command(containerId, "restart", grace, deadline);
    }

    @Override
    public Future<LogStream> logs(String containerId, LogQuery query) {
        return open(
                api -> StreamRequest.logs(api, containerId, query),
                (request, body) -> new LogBodyStream(body, request.multiplexed(body.contentType())));
    }

    @Override
    public Future<JsonStream<Event>> events(EventQuery query) {
        return open(
                api -> StreamRequest.events(api, query, EngineFilters.text(query.filters(), json)),
                decoded(Event.class));
    }

    @Override
    public Future<JsonStream<Statistics>> stats(String containerId) {
        return open(api -> StreamRequest.stats(api, containerId), decoded(Statistics.class));
    }

    @Override
    public Future<Statistics> statsNow(String containerId, Duration deadline) {
        Future<JsonStream<Statistics>> opened =
                open(api -> StreamRequest.statsNow(api, containerId), decoded(Statistics.class));
        return new FirstObject<Statistics>(vertx, failures).of(opened, new Deadline(deadline));
    }

    @Override
    public EngineVersion version() {
        return negotiation.last();
    }

    @Override
    public String endpoint() {
        return connections.endpoint().text();
    }

    @Override
    public Future<Void> close() {
        return connections.close();
    }

    /** On a connection of its own: the engine answers when the container has acted. */
    private Future<Void> command(String containerId, String action, Optional<Duration> grace, Duration deadline) {
        CallerContext caller = CallerContext.here(vertx);
        String query = grace.map(period -> "?t=" + period.toSeconds()).orElse("");
        var connecting = negotiation.version(connections).compose(version -> {
            String path = EnginePaths.container(version.api(), containerId, action);
            return connections.longCommand(HttpMethod.POST, path + query);
        });
        return caller.deliver(new EngineRequest(failures).send(connecting, new Deadline(deadline)))
                .mapEmpty();
    }

    /** Wraps a body that was opened for a caller. On the caller's context. */
    private interface Wrapper<S> {
        S wrap(StreamRequest request, BodyStream body);
    }

    private <S> Future<S> open(Function<ApiVersion, StreamRequest> requests, Wrapper<S> wrapper) {
        Context context = vertx.getOrCreateContext();
        Promise<S> promise = Promise.promise();
        negotiation
                .version(connections)
                .onComplete(version -> context.runOnContext(now -> {
                    if (version.failed()) {
                        promise.fail(failures.of(version.cause()));
                    } else {
                        begin(context, () -> requests.apply(version.result().api()), wrapper)
                                .onComplete(promise);
                    }
                }));
        return promise.future();
    }

    private <S> Future<S> begin(Context context, Supplier<StreamRequest> requests, Wrapper<S> wrapper) {
        try {
            StreamRequest request = requests.get();
            return begin(context, request).map(body -> wrapper.wrap(request, body));
        } catch (DockerEngineException misuse) {
            return Future.failedFuture(misuse);
        }
    }

    private Future<BodyStream> begin(Context context, StreamRequest request) {
        GetRequest get = request.get(connections.endpoint());
        StreamOpening opening = new StreamOpening(vertx, context, failures, get);
        Future<BodyStream> opened = opening.open(connections.stream());
        Deadline deadline = new Deadline(options.deadline());
        CallerContext caller = new CallerContext(context);
        deadline.watch(opened, () -> caller.run(() -> opening.expire(deadline.failure(failures))));
        return opened;
    }

    private <T> Wrapper<JsonStream<T>> decoded(Class<T> model) {
        return (request, body) -> new JsonBodyStream<>(body, json.readerFor(model), failures);
    }

    /** A configured version is the newest to use. */
    private static ApiVersion newest(DockerClientConfig config) {
        RemoteApiVersion configured = config.getApiVersion();
        return configured == null || configured.equals(RemoteApiVersion.UNKNOWN_VERSION)
                ? ApiChoice.OUR_NEWEST
                : ApiVersion.parse(configured.getVersion());
    }
}
