package io.dockrelay.controller.dial;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.ClientSSLOptions;

import io.dockrelay.listener.tls.PemContent;
import io.dockrelay.listener.tls.PemFiles;
import io.dockrelay.listener.tls.TlsOptions;
import io.dockrelay.listener.tls.TlsReload;
import io.dockrelay.protocol.dial.DialPaths;
import io.dockrelay.protocol.dial.EnrolAnswer;
import io.dockrelay.protocol.dial.EnrolRequest;
import io.dockrelay.protocol.wire.WireJson;
import io.dockrelay.settings.DialSettings;
import io.dockrelay.settings.Secret;

/**
 * What a controller asks its relay for: a key, and connections. Owned by {@link RelayDial}, on its context; ends with {@link
 * #close}.
 */
final class RelayClient {

    private static final Duration WITHIN = Duration.ofSeconds(10);

    /** Twice what the relay sends in one frame. */
    private static final int LARGEST_FRAME = 64 * 1024;

    private static final int CONNECTIONS = 256;

    /** Of a relay that is gone. */
    private static final int CLOSES_WITHIN_SECONDS = 2;

    private final DialSettings settings;
    private final String instance;
    private final HttpClient requests;
    private final WebSocketClient sockets;
    private final TlsReload files;
    private ClientSSLOptions tls = TlsOptions.client(PemContent.NONE);

    /** @param instance a random text of this run */
    RelayClient(Vertx vertx, DialSettings settings, String instance) {
        this.settings = settings;
        this.instance = instance;
        int millis = (int) WITHIN.toMillis();
        this.requests = vertx.createHttpClient(new HttpClientOptions().setConnectTimeout(millis));
        this.sockets = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setConnectTimeout(millis)
                .setMaxConnections(CONNECTIONS)
                .setClosingTimeout(CLOSES_WITHIN_SECONDS)
                .setMaxFrameSize(LARGEST_FRAME)
                .setMaxMessageSize(LARGEST_FRAME));
        this.files = new TlsReload(vertx, new PemFiles(null, null, settings.ca().orElse(null)));
    }

    /** Reads the issuers; fails with {@link io.dockrelay.settings.SettingsException}. */
    Future<Void> open() {
        return files.load().map(content -> {
            tls = TlsOptions.client(content);
            files.start(now -> tls = TlsOptions.client(now));
            return null;
        });
    }

    /** Exchanges a token for a key. */
    Future<EnrolAnswer> enrol(Secret token, String nonce, String controller) {
        var request = new EnrolRequest(token.reveal(), nonce, controller);
        RequestOptions options = secured(new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(settings.relay().toString().replaceFirst("^ws", "http") + DialPaths.ENROL)
                .putHeader("Content-Type", "application/json"));
        return requests.request(options)
                .compose(sent -> exchange(sent, request))
                .timeout(WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The connection on which the relay asks for others. */
    Future<WebSocket> control(String key) {
        return connect(key, "");
    }

    /** The connection that the relay has asked for. */
    Future<WebSocket> stream(String key, String id) {
        return connect(key, "?" + DialPaths.STREAM + "=" + id);
    }

    Future<Void> close() {
        files.close();
        return Future.join(requests.close(), sockets.close()).mapEmpty();
    }

    private Future<WebSocket> connect(String key, String query) {
        WebSocketConnectOptions options = secured(new WebSocketConnectOptions()
                .setAbsoluteURI(settings.relay() + DialPaths.DIAL + query)
                .setAllowOriginHeader(false)
                .putHeader("Authorization", "Bearer " + key)
                .putHeader(DialPaths.INSTANCE, instance));
        return sockets.connect(options).timeout(WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Future<EnrolAnswer> exchange(HttpClientRequest sent, EnrolRequest request) {
        return sent.send(Buffer.buffer(WireJson.write(request))).compose(RelayClient::answer);
    }

    private static Future<EnrolAnswer> answer(HttpClientResponse response) {
        return response.body().map(body -> {
            if (response.statusCode() != 200) {
                throw new DialFailures.RefusedByRelay(response.statusCode(), body);
            }
            return WireJson.read(body.getBytes(), EnrolAnswer.class);
        });
    }

    private <T extends RequestOptions> T secured(T options) {
        if (settings.isTls()) {
            options.setSslOptions(tls);
        }
        return options;
    }
}
