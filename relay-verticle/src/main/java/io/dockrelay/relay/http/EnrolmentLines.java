package io.dockrelay.relay.http;

import java.util.Optional;

import io.vertx.core.http.HttpServerRequest;

/**
 * What to run on a host so that its controller enrols. The texts contain the token: for its maker, once.
 *
 * @param run in a checkout of the sources
 * @param docker with the image
 * @param compose a whole file
 */
record EnrolmentLines(String run, String docker, String compose) {

    private static final String AUTHORITY = "[A-Za-z0-9._:\\[\\]-]+";

    /**
     * @param relay the address at which the controller reaches this relay
     * @param name of the host; empty: the name of its machine
     */
    static EnrolmentLines of(String relay, String token, Optional<String> name) {
        String plain = isPlain(relay) ? "CONTROLLER_RELAY_WITHOUT_TLS=true " : "";
        String id = name.map(host -> "CONTROLLER_ID=" + host + " ").orElse("");
        String run = plain + id + "./run controller --relay " + relay + " --enrol " + token;
        return new EnrolmentLines(run, docker(relay, token, name), compose(relay, token, name));
    }

    private static String docker(String relay, String token, Optional<String> name) {
        return "docker run -d --name dockrelay-controller --restart unless-stopped"
                + " --user 0:0 --cap-drop ALL --security-opt no-new-privileges"
                + name.map(host -> " -e CONTROLLER_ID=" + host).orElse(" -e CONTROLLER_ID=\"$(hostname)\"")
                + " -e RELAY_URL=" + relay
                + " -e ENROL_TOKEN=" + token
                + (isPlain(relay) ? " -e CONTROLLER_RELAY_WITHOUT_TLS=true" : "")
                + " -v /var/run/docker.sock:/var/run/docker.sock -v dockrelay-controller:/data"
                + " dockrelay:latest controller";
    }

    private static String compose(String relay, String token, Optional<String> name) {
        return """
                services:
                  controller:
                    image: dockrelay:latest
                    command: ["controller"]
                    user: "0:0"
                    restart: unless-stopped
                    read_only: true
                    tmpfs: ["/tmp:exec,mode=1777,size=64m"]
                    cap_drop: [ALL]
                    security_opt: ["no-new-privileges:true"]
                    environment:
                      CONTROLLER_ID: "%s"
                      RELAY_URL: "%s"
                      ENROL_TOKEN: "%s"
                %s    volumes:
                      - /var/run/docker.sock:/var/run/docker.sock
                      - controller-data:/data
                volumes:
                  controller-data:
                """.formatted(
                        name.orElse("${HOSTNAME:-controller}"),
                        relay,
                        token,
                        isPlain(relay) ? "      CONTROLLER_RELAY_WITHOUT_TLS: \"true\"\n" : "");
    }

    /**
     * The address of this relay as the one who asks has it.
     *
     * @param secure whether that is by TLS
     * @param prefix of all paths
     */
    static String relayOf(HttpServerRequest request, boolean secure, String prefix) {
        String origin = String.valueOf(request.getHeader("Origin"));
        String host = String.valueOf(request.getHeader("Host")).strip();
        if (origin.matches("https?://" + AUTHORITY)) {
            return origin.replaceFirst("^http", "ws") + prefix;
        }
        // A text that a shell may take for something else is none of ours.
        return (secure ? "wss://" : "ws://") + (host.matches(AUTHORITY) ? host : "RELAY") + prefix;
    }

    private static boolean isPlain(String relay) {
        return relay.startsWith("ws:") && !relay.matches("ws://(localhost|127\\.[0-9.]+|\\[::1])(:\\d+)?(/.*)?");
    }

    @Override
    public String toString() {
        return "EnrolmentLines";
    }
}
