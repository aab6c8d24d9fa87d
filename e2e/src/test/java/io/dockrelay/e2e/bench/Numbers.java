package io.dockrelay.e2e.bench;

import java.util.Locale;

/** Formats numbers with three significant digits. */
final class Numbers {

    private Numbers() {}

    static String text(double number) {
        double size = Math.abs(number);
        String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
        String text = String.format(Locale.ROOT, format, number);
        return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
    }
}
