package io.dockrelay.docker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

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

/** The engine over Vert.x's HTTP client: puts the parts together. See {@link DockerEngine} for what it promises. */
final class HttpDockerEngine implements DockerEngine {

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

    HttpDockerEngine(Vertx vertx, DockerClientConfig config, DockerEngineOptions options) {
        Endpoint endpoint = Endpoint.of(config.getDockerHost(), config.getSSLConfig() != null);
        this.vertx = vertx;
        this.config = new OneMapperConfig(config);
        this.options = options;
        this.json = EngineMapper.mapper();
        this.failures = new EngineErrors(endpoint.text(), json);
        this.negotiation = new Negotiation(json, failures, newest(config), options.deadline());
        this.connections = new Connections(vertx, endpoint, config, options, negotiation::forget);
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
                .run(negotiation.version(connections), connections, deadline);
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
        return order(containerId, "stop", grace, deadline);
    }

    @Override
    public Future<Void> restart(String containerId, Optional<Duration> grace, Duration deadline) {
        return order(containerId, "restart", grace, deadline);
    }

    @Override
    public Future<LogStream> logs(String containerId, LogQuery query) {
        return open(api -> StreamRequest.logs(api, containerId, query), (context, body) -> body);
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
        return new FirstObject<Statistics>(vertx, failures).of(opened, deadline);
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

    /** On a connection of its own: the engine answers when the container has obeyed. */
    private Future<Void> order(String containerId, String what, Optional<Duration> grace, Duration deadline) {
        CallerContext caller = CallerContext.here(vertx);
        String query = grace.map(period -> "?t=" + period.toSeconds()).orElse("");
        var connecting = negotiation.version(connections).compose(version -> {
            String path = EnginePaths.container(version.api(), containerId, what);
            return connections.longCommand(HttpMethod.POST, path + query);
        });
        return caller.hears(new EngineRequest(failures).ask(connecting, deadline)).mapEmpty();
    }

    /** What a caller gets for a body that has been opened for it. On the caller's context. */
    private interface Shape<S> {
        S of(Context context, BodyStream body);
    }

    private <S> Future<S> open(Function<ApiVersion, StreamRequest> wanted, Shape<S> shape) {
        Context context = vertx.getOrCreateContext();
        Promise<S> promise = Promise.promise();
        negotiation
                .version(connections)
                .onComplete(version -> context.runOnContext(now -> {
                    if (version.failed()) {
                        promise.fail(failures.of(version.cause()));
                    } else {
                        begin(context, wanted, version.result())
                                .map(body -> shape.of(context, body))
                                .onComplete(promise);
                    }
                }));
        return promise.future();
    }

    private Future<BodyStream> begin(
            Context context, Function<ApiVersion, StreamRequest> wanted, EngineVersion version) {
        try {
            StreamRequest request = wanted.apply(version.api());
            return new StreamOpening(vertx, context, failures, request)
                    .open(connections.stream(), connections.endpoint().hostHeader(), options.deadline());
        } catch (DockerEngineException misuse) {
            return Future.failedFuture(misuse);
        }
    }

    private <T> Shape<JsonStream<T>> decoded(Class<T> model) {
        return (context, body) -> new JsonBodyStream<>(context, body, json.readerFor(model), failures);
    }

    /** A version that somebody configured is the most that is spoken. */
    private static ApiVersion newest(DockerClientConfig config) {
        RemoteApiVersion configured = config.getApiVersion();
        return configured == null || configured.equals(RemoteApiVersion.UNKNOWN_VERSION)
                ? ApiChoice.OUR_NEWEST
                : ApiVersion.parse(configured.getVersion());
    }
}
