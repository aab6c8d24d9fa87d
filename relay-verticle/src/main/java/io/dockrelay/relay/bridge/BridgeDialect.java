package io.dockrelay.relay.bridge;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import io.dockrelay.listener.ClientSocket;
import io.dockrelay.listener.Dialect;

/**
 * Vert.x's bridge protocol on one socket, in place of a browser's. A client registers addresses and gets the session's
 * messages there; the one request that it may make is for the list, one at a time. Everything else is denied: actions need
 * the REST interface.
 *
 * <p>Owned by its socket, on the socket's context.
 */
public final class BridgeDialect implements Dialect {

    /** In characters; clients use a UUID. */
    private static final int LONGEST_REPLY_ADDRESS = 128;

    private static final int TOO_MANY_REQUESTS = 429;

    /** Far more than the logs that one socket may follow. */
    private static final int MOST_ADDRESSES = 1_000;

    private final ClientSocket socket;
    private final boolean framed;
    private final Set<String> registered = new HashSet<>();

    /** Whether the session knows that this client takes changes of the list, and not the whole list at each change. */
    private boolean greeted;

    /** Where the next whole list goes, instead of to the address of the list; null for there. */
    private String reply;

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
        if (!greeted) {
            greeted = true;
            if (!messages.contains(BridgeAddresses.wholeList())) {
                messages.addFirst(BridgeAddresses.wholeList());
            }
        }
        return messages;
    }

    @Override
    public byte[] sent(byte[] message) {
        MessageHead head = MessageHead.of(message);
        if ("heartbeat".equals(head.type())) {
            return framed ? SockJsFrames.HEARTBEAT : null;
        }
        if ("container_update".equals(head.type()) && reply != null) {
            byte[] answer = framed(BridgeFrames.message(reply, message));
            reply = null;
            if (!registered.contains(BridgeAddresses.CONTAINERS)) {
                return answer;
            }
            // This list contains changes that the registered handler does not get otherwise.
            socket.tell(answer);
        }
        String address = BridgeAddresses.of(head);
        if ("error".equals(head.type())) {
            return framed(error(address, head));
        }
        return address != null && registered.contains(address) ? framed(BridgeFrames.message(address, message)) : null;
    }

    private static byte[] error(String address, MessageHead head) {
        return address == null
                ? BridgeFrames.failure(head.message())
                : BridgeFrames.failure(address, head.status(), head.message());
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
        String replyAddress = replyAddress(node.path("replyAddress"));
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

    /** Null for none that can be used. */
    private static String replyAddress(JsonNode given) {
        return given.isTextual() && given.textValue().length() <= LONGEST_REPLY_ADDRESS ? given.textValue() : null;
    }

    private void register(String address, JsonNode headers, List<String> messages) {
        if (!BridgeAddresses.isKnown(address)) {
            tell(BridgeFrames.denied(null));
        } else if (registered.size() >= MOST_ADDRESSES && !registered.contains(address)) {
            tell(BridgeFrames.failure(address, TOO_MANY_REQUESTS, "too_many_registrations"));
        } else {
            if (!registered.add(address)) {
                BridgeAddresses.end(address).ifPresent(messages::add);
            }
            BridgeAddresses.begin(address, headers).ifPresent(messages::add);
        }
    }

    private void unregister(String address, List<String> messages) {
        if (registered.remove(address)) {
            BridgeAddresses.end(address).ifPresent(messages::add);
        }
    }

    private void request(String address, String replyAddress, List<String> messages) {
        if (replyAddress == null || !address.equals(BridgeAddresses.CONTAINERS)) {
            tell(BridgeFrames.denied(replyAddress));
        } else if (reply != null) {
            tell(BridgeFrames.failure(replyAddress, TOO_MANY_REQUESTS, "too_many_requests"));
        } else {
            reply = replyAddress;
            messages.add(BridgeAddresses.wholeList());
        }
    }

    private void tell(byte[] frame) {
        socket.tell(framed(frame));
    }

    private byte[] framed(byte[] frame) {
        return framed ? SockJsFrames.message(frame) : frame;
    }
}
