package io.dockrelay.record;

import java.util.List;

/**
 * The result of a check.
 *
 * @param findings none when the record is as it was written; the first broken line, and what is missing at both ends
 * @param remarks sentences about what is right and worth knowing
 * @param first the sequence of the oldest line
 * @param last the sequence of the newest line; 0 without one
 * @param files how many there are
 */
public record RecordVerdict(List<RecordFinding> findings, List<String> remarks, long first, long last, int files) {

    public RecordVerdict {
        findings = List.copyOf(findings);
        remarks = List.copyOf(remarks);
    }

    public boolean isWhole() {
        return findings.isEmpty();
    }
}
