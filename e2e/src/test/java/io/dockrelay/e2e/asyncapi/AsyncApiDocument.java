package io.dockrelay.e2e.asyncapi;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.google.errorprone.annotations.CanIgnoreReturnValue;

import io.dockrelay.e2e.harness.Checkout;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Call;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.bus.Topic;

/** The AsyncAPI document of the event bus and the WebSockets, from the code alone. */
final class AsyncApiDocument {

    /** Sent by subscribers, and answered by readers: the other way around than all others. */
    private static final Set<String> TO_CONTROLLERS = Set.of("ROLL_CALL");

    private static final Set<String> FROM_CONTROLLERS = Set.of("lines");
    private static final String REPLIES = "replies";

    private final RecordTexts texts = RecordTexts.below(Checkout.root().resolve("protocol/src/main/java"));
    private final JsonSchemas schemas = new JsonSchemas(texts);
    private final Map<String, Object> channels = new LinkedHashMap<>();
    private final Map<String, Object> operations = new LinkedHashMap<>();
    private final Map<String, Object> messages = new TreeMap<>();
    private final Map<String, Object> replies = new TreeMap<>();

    AsyncApiDocument() throws IOException {}

    Map<String, Object> whole() throws ReflectiveOperationException {
        addresses().forEach(this::address);
        channels.put(REPLIES, ordered("address", null, "title", "The answers of calls", "messages", replies));
        new SocketMessages(schemas, texts, messages).addTo(channels, operations);
        return ordered(
                "asyncapi",
                "3.0.0",
                "info",
                info(),
                "defaultContentType",
                "application/json",
                "servers",
                servers(),
                "channels",
                channels,
                "operations",
                operations,
                "components",
                ordered("messages", messages, "schemas", schemas.all()));
    }

    /** The constants and methods of {@link Addresses}, by name, with placeholders for ids. */
    static Map<String, Record> addresses() {
        try {
            Map<String, Record> found = new TreeMap<>();
            for (Field field : Addresses.class.getFields()) {
                if (field.get(null) instanceof Topic<?> topic) {
                    found.put(field.getName(), topic);
                }
            }
            for (Method method : Addresses.class.getDeclaredMethods()) {
                if (Modifier.isPublic(method.getModifiers())) {
                    String id = "{" + method.getParameters()[0].getName() + "}";
                    found.put(method.getName(), (Record) method.invoke(null, id));
                }
            }
            return found;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> info() {
        List<Object> failures = new ArrayList<>();
        for (RefusalKind kind : RefusalKind.values()) {
            failures.add(ordered("code", code(kind), "kind", kind.name(), "httpStatus", kind.httpStatus()));
        }
        return ordered(
                "title",
                "Dockrelay",
                "version",
                "0.1.0",
                "description",
                "The Vert.x event bus between controllers, relays and other verticles, and the WebSockets of a relay and a"
                        + " controller. event-bus.md and protocol.md say what a machine cannot read. Written from the code by"
                        + " AsyncApiTest; -Dasyncapi=write accepts a change.",
                "license",
                ordered("name", "Apache-2.0", "url", "https://www.apache.org/licenses/LICENSE-2.0"),
                "x-failures",
                failures);
    }

    private static int code(RefusalKind kind) {
        try {
            Method code = RefusalKind.class.getDeclaredMethod("failureCode");
            code.setAccessible(true);
            return (int) code.invoke(kind);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> servers() {
        return ordered(
                "bus",
                        ordered(
                                "host",
                                "localhost",
                                "protocol",
                                "vertx-eventbus",
                                "description",
                                "one JVM, or the members of a cluster"),
                "relay", ordered("host", "localhost:3000", "protocol", "ws"),
                "controller", ordered("host", "localhost:8090", "protocol", "ws"));
    }

    private void address(String name, Record address) {
        switch (address) {
            case Topic<?> topic -> {
                channel(name, topic.address(), topic.type());
                operation(name, TO_CONTROLLERS.contains(name) ? "receive" : "send", topic.type());
            }
            case Call<?, ?> call -> {
                Map<String, Object> channel = channel(name, call.address(), call.request());
                if (call.permission() != null) {
                    channel.put("x-permission", call.permission().wireName());
                }
                channel.put("x-timeout-seconds", call.timeout().toSeconds());
                String answer = message(call.answer());
                replies.put(answer, reference("components/messages/" + answer));
                operation(name, FROM_CONTROLLERS.contains(name) ? "send" : "receive", call.request())
                        .put(
                                "reply",
                                ordered(
                                        "channel", reference("channels/" + REPLIES),
                                        "messages", List.of(reference("channels/" + REPLIES + "/messages/" + answer))));
            }
            default -> throw new IllegalStateException(name);
        }
    }

    @CanIgnoreReturnValue
    private Map<String, Object> channel(String name, String address, Class<?> type) {
        String message = message(type);
        Map<String, Object> channel = ordered(
                "address", address,
                "servers", List.of(reference("servers/bus")),
                "messages", ordered(message, reference("components/messages/" + message)));
        String text = texts.of("Addresses#" + name);
        if (!text.isEmpty()) {
            channel.put("description", text);
        }
        Map<String, Object> parameters = new TreeMap<>();
        if (address.contains("{controller}")) {
            parameters.put("controller", ordered("description", "the id of a controller"));
        }
        if (address.contains("{subscription}")) {
            parameters.put("subscription", ordered("description", "the id of a tail, made by its reader"));
        }
        if (!parameters.isEmpty()) {
            channel.put("parameters", parameters);
        }
        channels.put(name, channel);
        return channel;
    }

    @CanIgnoreReturnValue
    private Map<String, Object> operation(String name, String action, Class<?> type) {
        String message = JsonSchemas.nameOf(type);
        Map<String, Object> operation = ordered(
                "action", action,
                "channel", reference("channels/" + name),
                "messages", List.of(reference("channels/" + name + "/messages/" + message)));
        operations.put(name, operation);
        return operation;
    }

    private String message(Class<?> type) {
        String name = JsonSchemas.nameOf(type);
        messages.put(name, ordered("payload", schemas.reference(type)));
        return name;
    }

    static Map<String, Object> reference(String place) {
        return ordered("$ref", "#/" + place);
    }

    /** The messages of a WebSocket, as they are registered for JSON. */
    static Stream<Class<?>> kinds(Class<?> sealed) {
        return Stream.of(sealed.getAnnotation(JsonSubTypes.class).value())
                .<Class<?>>map(JsonSubTypes.Type::value)
                .sorted(Comparator.comparing(Class::getSimpleName));
    }

    static Map<String, Object> ordered(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
