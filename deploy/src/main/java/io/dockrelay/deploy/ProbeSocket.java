package io.dockrelay.deploy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * The connection of a {@link HealthProbe}. With https, any certificate of this machine is accepted: the probe sends nothing
 * that is secret, and reads a status only. That of another machine is verified.
 */
final class ProbeSocket {

    private ProbeSocket() {}

    static Socket connect(URI url, int patienceMillis) throws IOException {
        boolean tls = "https".equalsIgnoreCase(url.getScheme());
        int standard = tls ? 443 : 80;
        String host = url.getHost().replaceAll("[\\[\\]]", "");
        int port = url.getPort() < 0 ? standard : url.getPort();
        Socket plain = new Socket();
        try {
            plain.connect(new InetSocketAddress(host, port), patienceMillis);
            plain.setSoTimeout(patienceMillis);
            return tls ? secured(plain, host, port) : plain;
        } catch (IOException failed) {
            plain.close();
            throw failed;
        }
    }

    private static Socket secured(Socket plain, String host, int port) throws IOException {
        boolean own = InetAddress.getByName(host).isLoopbackAddress();
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, own ? new TrustManager[] {new AnyCertificate()} : null, null);
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true);
            if (!own) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
            }
            socket.startHandshake();
            return socket;
        } catch (GeneralSecurityException missing) {
            throw new IOException(missing);
        }
    }

    private static final class AnyCertificate implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
