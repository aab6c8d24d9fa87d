package io.dockrelay.protocol.bus;

/**
 * A message that another program of the cluster has sent. Only the codec makes one, of bytes that have arrived: a message of
 * this program passes by reference.
 *
 * @param json the bytes of the message without its lines or payload
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record FromWire(Record message, byte[] json) {

    /** A message, from wherever it was sent. */
    static Record message(Record body) {
        return body instanceof FromWire wire ? wire.message() : body;
    }
}
