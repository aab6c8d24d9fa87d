package io.dockrelay.e2e.oracle;

import java.util.List;

/** The longest time that a browser waited between a subscription with a cursor and its snapshot. */
record Resumes(long count, long worstNanos, String where) {

    /** Time during a fault does not count. */
    static Resumes of(List<Report> reports, FaultLog faultLog) {
        long count = 0;
        long worst = 0;
        String where = "nowhere";
        for (Report report : reports) {
            BrowserEvent.Subscribed pending = null;
            for (BrowserEvent event : report.events()) {
                if (event instanceof BrowserEvent.Subscribed subscription) {
                    pending = subscription.after() == null ? null : subscription;
                } else if (event instanceof BrowserEvent.Snapshot snapshot
                        && pending != null
                        && snapshot.resumed() != null) {
                    long began = faultLog.lastEndBefore(snapshot.at(), pending.at());
                    count++;
                    if (snapshot.at() - began > worst) {
                        worst = snapshot.at() - began;
                        where = report.service() + " at " + report.browser() + ", " + faultLog.clock(snapshot.at());
                    }
                    pending = null;
                }
            }
        }
        return new Resumes(count, worst, where);
    }

    @Override
    public String toString() {
        return "%d ms (%s; %d resumes)".formatted(worstNanos / 1_000_000, where, count);
    }
}
