package io.dockrelay.relay.bridge;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import io.dockrelay.listener.ClientSocket;
import io.dockrelay.listener.Dialect;

/**
 * Vert.x's bridge protocol on one socket, for the session of a browser behind it. A client registers addresses and gets the
 * session's messages there; the one request that it may make is for the list. Everything else is denied: what acts, goes
 * through the REST interface.
 *
 * <p>Owned by its socket, on the socket's context.
 */
public final class BridgeDialect implements Dialect {

    /** Requests of one client whose answer is missing. */
    private static final int MOST_REQUESTS = 16;

    private final ClientSocket socket;
    private final boolean framed;
    private final Set<String> registered = new HashSet<>();

    /** Where the next whole lists go, instead of to the address of the list. */
    private final Deque<String> replies = new ArrayDeque<>();

    private BridgeDialect(ClientSocket socket, boolean framed) {
        this.socket = socket;
        this.framed = framed;
    }

    /** Lets a socket speak it that was opened at one of these paths. */
    public static void on(ClientSocket socket, BridgePaths paths) {
        boolean framed = paths.isFramed(socket.path());
        socket.speak(new BridgeDialect(socket, framed));
        if (framed) {
            socket.tell(SockJsFrames.OPEN);
        }
    }

    @Override
    public List<String> received(String text) {
        String frame = framed ? SockJsFrames.message(text) : text;
        List<String> messages = new ArrayList<>();
        take(frame, messages);
        return messages;
    }

    @Override
    public byte[] sent(byte[] message) {
        MessageHead head = MessageHead.of(message);
        if ("heartbeat".equals(head.type())) {
            return framed ? SockJsFrames.HEARTBEAT : null;
        }
        boolean whole = "container_update".equals(head.type());
        if (whole && !replies.isEmpty()) {
            return framed(BridgeFrames.message(replies.remove(), message));
        }
        String address = BridgeAddresses.of(head);
        if ("error".equals(head.type())) {
            return framed(error(address, head));
        }
        return address != null && registered.contains(address)
                ? framed(BridgeFrames.message(address, message))
                : null;
    }

    private byte[] error(String address, MessageHead head) {
        if (address == null) {
            return BridgeFrames.failure(head.message());
        }
        if (address.startsWith(BridgeAddresses.LOGS)) {
            registered.remove(address);
        }
        return BridgeFrames.failure(address, head.status(), head.message());
    }

    /** @param frame null for none that can be read */
    private void take(String frame, List<String> messages) {
        JsonNode node = frame == null ? null : SockJsFrames.json(frame);
        if (node == null || !node.isObject()) {
            tell(BridgeFrames.failure("invalid_json"));
            return;
        }
        String type = node.path("type").asText("");
        String address = node.path("address").asText("");
        String replyAddress = node.path("replyAddress").isTextual() ? node.get("replyAddress").textValue() : null;
        if (type.equals("ping")) {
            return;
        }
        if (type.isEmpty() || address.isEmpty()) {
            tell(BridgeFrames.failure(type.isEmpty() ? "missing_type" : "missing_address"));
            return;
        }
        switch (type) {
            case "register" -> register(address, node.path("headers"), messages);
            case "unregister" -> unregister(address, messages);
            case "send" -> request(address, replyAddress, messages);
            case "publish" -> tell(BridgeFrames.denied(null));
            default -> tell(BridgeFrames.failure("unknown_type"));
        }
    }

    private void register(String address, JsonNode headers, List<String> messages) {
        if (!BridgeAddresses.isKnown(address)) {
            tell(BridgeFrames.denied(null));
        } else if (registered.add(address)) {
            BridgeAddresses.begin(address, headers).ifPresent(messages::add);
        }
    }

    private void unregister(String address, List<String> messages) {
        if (registered.remove(address)) {
            BridgeAddresses.end(address).ifPresent(messages::add);
        }
    }

    private void request(String address, String replyAddress, List<String> messages) {
        boolean answered = address.equals(BridgeAddresses.CONTAINERS) && replyAddress != null;
        if (answered && replies.size() < MOST_REQUESTS) {
            replies.add(replyAddress);
            messages.add(BridgeAddresses.wholeList());
        } else {
            tell(BridgeFrames.denied(replyAddress));
        }
    }

    private void tell(byte[] frame) {
        socket.tell(framed(frame));
    }

    private byte[] framed(byte[] frame) {
        return framed ? SockJsFrames.message(frame) : frame;
    }
}
