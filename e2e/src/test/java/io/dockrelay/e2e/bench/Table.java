package io.dockrelay.e2e.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Figures as an aligned Markdown table. */
final class Table {

    private static final List<String> HEAD = List.of("part", "figure", "ours", "beside it", "goal", "reached");

    private Table() {}

    static String of(List<Figure> figures) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        figures.forEach(figure -> rows.add(row(figure)));
        List<Integer> widths = IntStream.range(0, HEAD.size())
                .mapToObj(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toList();
        rows.add(1, widths.stream().map("-"::repeat).toList());
        var table = new StringBuilder();
        for (List<String> row : rows) {
            table.append('|');
            for (int i = 0; i < row.size(); i++) {
                table.append(' ').append(padded(row.get(i), widths.get(i))).append(" |");
            }
            table.append('\n');
        }
        return table.toString();
    }

    static String sentence(Figure figure) {
        List<String> row = row(figure);
        return row.get(1) + ": " + row.get(2)
                + (row.get(3).isEmpty() ? "" : " (" + row.get(3) + ")")
                + (figure.goal() == null ? "" : "; goal " + row.get(4) + ": " + row.get(5));
    }

    private static List<String> row(Figure figure) {
        boolean alone = figure.reference() == null;
        return List.of(
                figure.part(),
                figure.what(),
                Numbers.text(figure.ours()) + " " + figure.unit(),
                alone ? "" : figure.against() + " " + Numbers.text(figure.reference()),
                figure.goal() == null ? "" : figure.goal().words(),
                figure.goal() == null ? "" : figure.missed() ? "no" : "yes");
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
