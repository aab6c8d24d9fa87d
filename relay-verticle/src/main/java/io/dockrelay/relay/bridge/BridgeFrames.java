package io.dockrelay.relay.bridge;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

import io.dockrelay.protocol.wire.WireJson;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What the server side of Vert.x's bridge sends. Pure. */
final class BridgeFrames {

    private static final int FORBIDDEN = 403;
    private static final byte[] BEFORE_ADDRESS = "{\"type\":\"rec\",\"address\":".getBytes(UTF_8);
    private static final byte[] BEFORE_BODY = ",\"body\":".getBytes(UTF_8);

    private BridgeFrames() {}

    /** A message at an address; its body is copied as it is. */
    static byte[] message(String address, byte[] body) {
        var out = new ByteArrayOutputStream(body.length + 256);
        out.writeBytes(BEFORE_ADDRESS);
        out.writeBytes(WireJson.write(address));
        out.writeBytes(BEFORE_BODY);
        out.writeBytes(body);
        out.write('}');
        return out.toByteArray();
    }

    /** The failure of a request, or of what was registered at an address. */
    static byte[] failure(String address, int code, String message) {
        Map<String, Object> frame = new LinkedHashMap<>();
        frame.put("type", "err");
        frame.put("address", address);
        frame.put("failureCode", code);
        frame.put("failureType", "RECIPIENT_FAILURE");
        frame.put("message", message);
        return WireJson.write(frame);
    }

    /** A frame is not answered, as Vert.x's own bridge says it. */
    static byte[] failure(String word) {
        return WireJson.write(Map.of("type", "err", "body", word));
    }

    /** The answer to a request of something that the bridge does not give. */
    static byte[] denied(String replyAddress) {
        return replyAddress == null ? failure("access_denied") : failure(replyAddress, FORBIDDEN, "access_denied");
    }
}
