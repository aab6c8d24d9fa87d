package io.dockrelay.protocol.logs;

/** A bus message whose lines travel as plain bytes, besides the JSON of the rest. */
public interface CarriesLines<T extends CarriesLines<T>> {

    LineBlock lines();

    /** The same message with other lines. */
    T withLines(LineBlock replaced);
}
