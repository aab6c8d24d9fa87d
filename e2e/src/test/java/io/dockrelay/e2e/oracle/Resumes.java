package io.dockrelay.e2e.oracle;

import java.util.List;

/** How long the browsers waited for their logs to go on after they had asked: the worst of all. */
record Resumes(long count, long worstNanos, String where) {

    /** Time in which a fault kept the way shut does not count. */
    static Resumes of(List<Report> reports, FaultDiary diary) {
        long count = 0;
        long worst = 0;
        String where = "nowhere";
        for (Report report : reports) {
            BrowserEvent.Asked asked = null;
            for (BrowserEvent sighting : report.sightings()) {
                if (sighting instanceof BrowserEvent.Asked question) {
                    asked = question.after() == null ? null : question;
                } else if (sighting instanceof BrowserEvent.Snapshot snapshot
                        && asked != null
                        && snapshot.resumed() != null) {
                    long began = diary.lastEndBefore(snapshot.at(), asked.at());
                    count++;
                    if (snapshot.at() - began > worst) {
                        worst = snapshot.at() - began;
                        where = report.service() + " at " + report.browser() + ", " + diary.clock(snapshot.at());
                    }
                    asked = null;
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
