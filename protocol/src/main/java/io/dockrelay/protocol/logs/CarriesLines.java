package io.dockrelay.protocol.logs;

/** A bus message whose lines travel as the bytes they are, beside the JSON of the rest. */
public interface CarriesLines<T extends CarriesLines<T>> {

    LineBlock lines();

    /** The same message with other lines. */
    T withLines(LineBlock replaced);
}
