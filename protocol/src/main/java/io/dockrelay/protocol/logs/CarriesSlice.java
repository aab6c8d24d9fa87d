package io.dockrelay.protocol.logs;

/** Holds a {@link LogSlice}, with short access to its parts. */
public interface CarriesSlice {

    LogSlice slice();

    default LineBlock lines() {
        return slice().lines();
    }

    /** Encoded cursor of the first line; null when there is none or it is unknown. */
    default String first() {
        return slice().first();
    }

    /** Encoded cursor of the last line, or of the position without lines; null when there is none. */
    default String cursor() {
        return slice().last();
    }
}
