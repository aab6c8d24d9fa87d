package io.dockrelay.e2e.asyncapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.dockrelay.protocol.wire.ClientMessage;
import io.dockrelay.protocol.wire.ServerMessage;

import static io.dockrelay.e2e.asyncapi.AsyncApiDocument.ordered;
import static io.dockrelay.e2e.asyncapi.AsyncApiDocument.reference;

/** The messages of the two WebSockets. */
final class SocketMessages {

    private static final Set<Class<?>> OF_A_CONTROLLER = Set.of(
            ServerMessage.InitialState.class, ServerMessage.StatusChange.class, ServerMessage.ActionChange.class);

    private static final Set<Class<?>> OF_A_RELAY = Set.of(
            ServerMessage.ContainerUpdate.class,
            ServerMessage.ContainersDelta.class,
            ServerMessage.ControllerState.class,
            ServerMessage.Heartbeat.class,
            ServerMessage.Pong.class);

    private final JsonSchemas schemas;
    private final RecordTexts texts;
    private final Map<String, Object> messages;

    SocketMessages(JsonSchemas schemas, RecordTexts texts, Map<String, Object> messages) {
        this.schemas = schemas;
        this.texts = texts;
        this.messages = messages;
    }

    void addTo(Map<String, Object> channels, Map<String, Object> operations) {
        logFrames();
        socket(channels, operations, "relay", "/ws", OF_A_CONTROLLER);
        socket(channels, operations, "controller", "/", OF_A_RELAY);
    }

    private void socket(
            Map<String, Object> channels,
            Map<String, Object> operations,
            String server,
            String path,
            Set<Class<?>> ofTheOther) {
        String name = server + "WebSocket";
        List<String> sent = new ArrayList<>(AsyncApiDocument.kinds(ServerMessage.class)
                .filter(type -> !ofTheOther.contains(type))
                .map(this::message)
                .toList());
        sent.addAll(List.of("LogSnapshot", "NewLogs"));
        List<String> received =
                AsyncApiDocument.kinds(ClientMessage.class).map(this::message).toList();
        Map<String, Object> all = new TreeMap<>();
        Stream.concat(sent.stream(), received.stream())
                .forEach(message -> all.put(message, reference("components/messages/" + message)));
        channels.put(
                name, ordered("address", path, "servers", List.of(reference("servers/" + server)), "messages", all));
        operations.put(name + "Sends", operation("send", name, sent));
        operations.put(name + "Receives", operation("receive", name, received));
    }

    private static Map<String, Object> operation(String action, String channel, List<String> messages) {
        return ordered(
                "action", action,
                "channel", reference("channels/" + channel),
                "messages",
                        messages.stream()
                                .map(message -> reference("channels/" + channel + "/messages/" + message))
                                .toList());
    }

    private String message(Class<?> type) {
        String name = JsonSchemas.nameOf(type);
        messages.put(name, ordered("payload", schemas.reference(type)));
        return name;
    }

    /** The frames of lines, which are written without a record of their form. */
    private void logFrames() {
        for (boolean snapshot : new boolean[] {true, false}) {
            String name = snapshot ? "LogSnapshot" : "NewLogs";
            Map<String, Object> properties = ordered(
                    "type", ordered("const", snapshot ? "log_snapshot" : "new_logs"),
                    "container", text("container", "string"),
                    "logs",
                            ordered(
                                    "type", "array",
                                    "items", ordered("type", "string"),
                                    "description",
                                            "lines: Docker's timestamp with nine fractional digits, a space, the text"),
                    "lastLogTimestamp", text("lastLogTimestamp", List.of("string", "null")),
                    "cursor",
                            ordered(
                                    "type",
                                    List.of("string", "null"),
                                    "description",
                                    "of the last line, or the position without lines"),
                    "streams", ordered("type", "string", "pattern", "^[oe]*$", "description", "a letter for each line"),
                    "controller", text("controller", "string"),
                    "sub", text("sub", "string"),
                    "first",
                            ordered("type", "string", "description", "cursor of the first line, if there are several"));
            if (snapshot) {
                properties.put("more_before", text("moreBefore", "boolean"));
                properties.put("resumed", ordered("type", "boolean", "description", texts.of("Resumption")));
            }
            schemas.all()
                    .put(
                            name,
                            ordered(
                                    "description",
                                    texts.of("LogFrame"),
                                    "type",
                                    "object",
                                    "required",
                                    List.of("type", "container", "logs", "lastLogTimestamp"),
                                    "properties",
                                    properties));
            messages.put(name, ordered("payload", reference("components/schemas/" + name)));
        }
    }

    private Map<String, Object> text(String component, Object type) {
        return ordered("type", type, "description", texts.component("LogFrame", component));
    }
}
