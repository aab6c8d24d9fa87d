package io.dockrelay.relay.uplink;

import java.util.ArrayList;
import java.util.List;

import io.dockrelay.protocol.wire.BinaryFrames;
import io.dockrelay.protocol.wire.LinkKind;
import io.dockrelay.settings.LinkCompression;

/** The form of lines that an uplink asks its controller for. Immutable. */
final class RequestedLines {

    private final LinkCompression compression;

    /** @param setting what it is if the link may be slow */
    RequestedLines(LinkCompression setting, UplinkTarget target) {
        // What a tunnel leads to is on another machine, whatever the address of its end is.
        boolean near = target.isLoopback() && target.kind() != LinkKind.DIALLED;
        compression = setting == LinkCompression.AUTO && near ? LinkCompression.OFF : setting;
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
