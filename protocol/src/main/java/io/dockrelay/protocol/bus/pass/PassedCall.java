package io.dockrelay.protocol.bus.pass;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.dockrelay.protocol.rights.Permission;

/**
 * What a pass is bound to.
 *
 * @param address of the call
 * @param permission that the call needs
 * @param question the bytes of the question, as they travel
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record PassedCall(String address, Permission permission, byte[] question) {

    /** An unambiguous form of everything that the pass signs. */
    byte[] signed(long expirySeconds, byte[] nonce) {
        byte[] name = address.getBytes(StandardCharsets.UTF_8);
        byte[] right = permission.wireName().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(
                        4 * Integer.BYTES + Long.BYTES + name.length + right.length + nonce.length + question.length)
                .putInt(name.length)
                .put(name)
                .putInt(right.length)
                .put(right)
                .putLong(expirySeconds)
                .putInt(nonce.length)
                .put(nonce)
                .putInt(question.length)
                .put(question)
                .array();
    }
}
