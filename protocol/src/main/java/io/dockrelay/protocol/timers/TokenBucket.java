package io.dockrelay.protocol.timers;

/**
 * Permits a number of events per time, with a burst after a pause. Tokens are added at a steady rate up to a capacity, and
 * taken per event; a bucket that may run into debt makes later events wait until the debt is paid. Has no clock: the time
 * is a parameter, in any unit that only grows. For one thread.
 */
public final class TokenBucket {

    private final double capacity;
    private final double perUnit;
    private final double deepestDebt;

    /** Negative while in debt. */
    private double tokens;

    private long filledAt;

    /**
     * A full bucket.
     *
     * @param capacity the largest burst
     * @param perUnit tokens added per unit of time
     * @param deepestDebt tokens that may be owed at most; 0 to forbid debt
     */
    public TokenBucket(double capacity, double perUnit, double deepestDebt) {
        this.capacity = capacity;
        this.perUnit = perUnit;
        this.deepestDebt = deepestDebt;
        this.tokens = capacity;
    }

    /** Tokens at {@code now}. */
    public double available(long now) {
        if (now > filledAt) {
            tokens = Math.min(capacity, tokens + (now - filledAt) * perUnit);
            filledAt = now;
        }
        return tokens;
    }

    /** Takes tokens, into debt where they do not suffice. */
    public void take(double taken, long now) {
        tokens = Math.max(-deepestDebt, available(now) - taken);
    }

    /**
     * Takes tokens only when they suffice.
     *
     * @return whether they were taken
     */
    public boolean tryTake(double taken, long now) {
        if (available(now) < taken) {
            return false;
        }
        tokens -= taken;
        return true;
    }

    /** Units of time until {@code wanted} tokens are there, without another taker; 0 when they are. */
    public double unitsUntil(double wanted, long now) {
        return Math.max(0, (wanted - available(now)) / perUnit);
    }
}
