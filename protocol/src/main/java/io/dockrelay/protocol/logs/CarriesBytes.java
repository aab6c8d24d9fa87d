package io.dockrelay.protocol.logs;

/** A bus message with a payload that travels as plain bytes, besides the JSON of the rest. */
public interface CarriesBytes<T extends CarriesBytes<T>> {

    /** Read only: the array is shared. */
    byte[] bytes();

    /** The same message with another payload. */
    T withBytes(byte[] replaced);
}
