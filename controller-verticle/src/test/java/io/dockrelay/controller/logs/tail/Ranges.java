package io.dockrelay.controller.logs.tail;

import java.util.List;
import java.util.StringJoiner;

/** Numbered lines in a readable form. */
final class Ranges {

    private Ranges() {}

    /** The ranges of consecutive numbers, for readable failures. */
    static String of(List<Integer> numbers) {
        var ranges = new StringJoiner(" ");
        for (int from = 0, to; from < numbers.size(); from = to + 1) {
            to = from;
            while (to + 1 < numbers.size() && numbers.get(to + 1) == numbers.get(to) + 1) {
                to++;
            }
            ranges.add(numbers.get(from) + "-" + numbers.get(to));
        }
        return ranges.toString();
    }
}
