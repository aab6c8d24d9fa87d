package io.dockrelay.docker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;

import com.github.dockerjava.core.LocalDirectorySSLConfig;
import com.github.dockerjava.transport.SSLConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.ClientOptionsBase;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.spi.tls.SslContextFactory;

/**
 * Configures Vert.x's clients with the certificates of a docker-java config. The engine's host name is always verified.
 */
final class Tls {

    private Tls() {}

    /** @param config null to use the JVM's own trust store */
    static void apply(SSLConfig config, HttpClientOptions options) {
        options.setVerifyHost(true);
        certificates(config, options);
    }

    /** The same for a client of plain sockets. */
    static void apply(SSLConfig config, NetClientOptions options) {
        options.setHostnameVerificationAlgorithm("HTTPS");
        certificates(config, options);
    }

    /**
     * Closes the connection when the other end has announced its end. The engine ends an attach or exec so, and leaves
     * the TCP connection open. On the socket's event loop.
     */
    static void closeWithPeer(NetSocket socket) {
        ChannelPipeline pipeline =
                ((NetSocketInternal) socket).channelHandlerContext().pipeline();
        pipeline.addAfter(pipeline.context(SslHandler.class).name(), null, new ChannelInboundHandlerAdapter() {
            @Override
            public void userEventTriggered(ChannelHandlerContext context, Object event) {
                context.fireUserEventTriggered(event);
                if (event instanceof SslCloseCompletionEvent) {
                    var unused = context.close();
                }
            }
        });
    }

    private static void certificates(SSLConfig config, ClientOptionsBase options) {
        options.setSsl(true);
        if (config instanceof LocalDirectorySSLConfig folder) {
            pem(Path.of(folder.getDockerCertPath()), options);
        } else if (config != null) {
            options.setSslEngineOptions(new GivenContext(context(config)));
        }
    }

    private static void pem(Path folder, ClientOptionsBase options) {
        options.setKeyCertOptions(
                new PemKeyCertOptions().setKeyPath(file(folder, "key.pem")).setCertPath(file(folder, "cert.pem")));
        options.setTrustOptions(new PemTrustOptions().addCertPath(file(folder, "ca.pem")));
    }

    private static String file(Path folder, String name) {
        Path file = folder.resolve(name);
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException("DOCKER_CERT_PATH is \"" + folder + "\", but " + file
                    + " cannot be read; put ca.pem, cert.pem and key.pem there");
        }
        return file.toString();
    }

    private static SSLContext context(SSLConfig config) {
        try {
            SSLContext context = config.getSSLContext();
            if (context != null) {
                return context;
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "The Docker client's SSLConfig returns no SSLContext: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("The Docker client's SSLConfig returns no SSLContext");
    }

    /** An existing SSLContext: Vert.x builds its contexts from options, docker-java's other SSLConfigs return one. */
    private static final class GivenContext extends JdkSSLEngineOptions {

        private final SSLContext context;

        GivenContext(SSLContext context) {
            this.context = context;
        }

        @Override
        public GivenContext copy() {
            return this;
        }

        @Override
        public SslContextFactory sslContextFactory() {
            return () -> new JdkSslContext(
                    context,
                    true,
                    null,
                    IdentityCipherSuiteFilter.INSTANCE,
                    ApplicationProtocolConfig.DISABLED,
                    ClientAuth.NONE,
                    null,
                    false);
        }
    }
}
