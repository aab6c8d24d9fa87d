package io.dockrelay.protocol.wire;

/**
 * A binary message in two parts that are sent one after the other, so that lines need not be copied into it. The arrays are
 * shared: never modify them.
 *
 * @param head its first {@code headSize} bytes belong to the message
 * @param body all of it belongs to the message
 * @param credit what the message counts against credit, in bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record BinaryMessage(byte[] head, int headSize, byte[] body, int credit) {

    /** In bytes. */
    public int size() {
        return headSize + body.length;
    }
}
