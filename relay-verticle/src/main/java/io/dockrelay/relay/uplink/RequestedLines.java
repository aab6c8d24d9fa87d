package io.dockrelay.relay.uplink;

import java.util.ArrayList;
import java.util.List;

import io.dockrelay.protocol.wire.BinaryFrames;
import io.dockrelay.settings.LinkCompression;

/** The form of lines that an uplink asks its controller for. Immutable. */
final class RequestedLines {

    private final LinkCompression compression;

    /** @param setting what it is unless the target is on this machine's loopback, whose lines {@code AUTO} never compresses */
    RequestedLines(LinkCompression setting, UplinkTarget target) {
        compression = setting == LinkCompression.AUTO && target.isLoopback() ? LinkCompression.OFF : setting;
    }

    /**
     * The features of the {@code hello}; empty if none is to be sent.
     *
     * @param offered the controller's features
     */
    List<String> features(List<String> offered) {
        List<String> features = new ArrayList<>();
        if (offered.contains(BinaryFrames.FEATURE)) {
            features.add(BinaryFrames.FEATURE);
            if (offered.contains(BinaryFrames.COMPRESSION) && compression != LinkCompression.OFF) {
                features.add(BinaryFrames.COMPRESSION);
                if (compression == LinkCompression.ON) {
                    features.add(BinaryFrames.ALWAYS_COMPRESSED);
                }
            }
        }
        return features;
    }
}
