package io.dockrelay.protocol.logs;

/**
 * What a subscription begins with, as its client receives it.
 *
 * @param slice the backlog; its last position is where the live part continues
 * @param lastTimestamp of the last line, or of the last line before the backlog when that is empty; null when there is
 *     none
 * @param moreBefore whether the store holds older lines; null when unknown
 */
public record LogSnapshot(LogSlice slice, String lastTimestamp, Boolean moreBefore, Resumption resumption)
        implements CarriesSlice {

    public LogSnapshot withResumption(Resumption replacement) {
        return new LogSnapshot(slice, lastTimestamp, moreBefore, replacement);
    }
}
