package io.dockrelay.protocol.logs;

import io.vertx.core.buffer.Buffer;

/** A bus message with a payload that travels as plain bytes, besides the JSON of the rest. */
public interface CarriesBytes<T extends CarriesBytes<T>> {

    Buffer bytes();

    /** The same message with another payload. */
    T withBytes(Buffer replaced);
}
