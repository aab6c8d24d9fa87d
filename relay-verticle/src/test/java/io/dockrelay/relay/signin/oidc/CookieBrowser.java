package io.dockrelay.relay.signin.oidc;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.vertx.core.json.JsonObject;

/** A browser as far as sign-in needs one: cookies, and redirections one by one. */
public final class CookieBrowser implements AutoCloseable {

    private static final int MOST_HOPS = 12;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final Map<String, String> cookies = new LinkedHashMap<>();

    /** As the Cookie header. */
    public String cookies() {
        return cookies.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("; "));
    }

    /** Takes over what another browser holds, as a thief would. */
    public void steal(CookieBrowser other) {
        cookies.putAll(other.cookies);
    }

    /** Drops the cookies whose name contains this. */
    public void forget(String part) {
        cookies.keySet().removeIf(name -> name.contains(part));
    }

    public HttpResponse<String> get(String address) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(address)).GET());
    }

    public HttpResponse<String> delete(String address, String origin) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(address)).DELETE().header("Origin", origin));
    }

    public HttpResponse<String> post(String address, String type, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /** Presses the button at a relay; the answer of the relay. */
    public HttpResponse<String> press(String relay, String to) throws IOException, InterruptedException {
        return post(
                relay + "/api/session/oidc",
                "application/json",
                new JsonObject().put("to", to).encode(),
                "Origin",
                relay);
    }

    /** Goes to the provider and signs in there; the address at the relay to which the provider sends the browser. */
    public String throughTheProvider(String relay, String to) throws IOException, InterruptedException {
        HttpResponse<String> pressed = press(relay, to);
        if (pressed.statusCode() != 200) {
            throw new AssertionError(pressed.statusCode() + " " + pressed.body());
        }
        String next = new JsonObject(pressed.body()).getString("location");
        return follow(next, address -> address.startsWith(relay));
    }

    /** Signs in; where the relay sends the browser then. */
    public String signIn(String relay, String to) throws IOException, InterruptedException {
        return location(get(throughTheProvider(relay, to)));
    }

    /** Follows redirections up to one that matches; that address. */
    public String follow(String address, Predicate<String> end) throws IOException, InterruptedException {
        String next = address;
        for (int hops = 0; hops < MOST_HOPS && !end.test(next); hops++) {
            HttpResponse<String> answer = get(next);
            if (answer.headers().firstValue("Location").isEmpty()) {
                throw new AssertionError("no redirection: " + answer.statusCode() + " " + answer.body());
            }
            next = URI.create(next).resolve(location(answer)).toString();
        }
        return next;
    }

    public static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        if (!cookies.isEmpty()) {
            request.header("Cookie", cookies());
        }
        HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        answer.headers().allValues("Set-Cookie").forEach(this::keep);
        return answer;
    }

    private void keep(String header) {
        String pair = header.split(";", 2)[0];
        String name = pair.substring(0, pair.indexOf('='));
        if (header.contains("Max-Age=0")
                || header.toLowerCase(java.util.Locale.ROOT).contains("expires=thu, 01 jan 1970")) {
            cookies.remove(name);
        } else {
            cookies.put(name, pair.substring(name.length() + 1));
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
