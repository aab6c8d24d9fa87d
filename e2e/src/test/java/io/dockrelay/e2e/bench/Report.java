package io.dockrelay.e2e.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** All figures of one run: printed one by one, then as a table and as JSON. */
final class Report {

    private final List<Figure> figures = new ArrayList<>();
    private final PrintStream progress;

    private Report(PrintStream progress) {
        this.progress = progress;
    }

    /** Prints each figure at once. */
    static Report aloud() {
        return new Report(System.err);
    }

    /** For figures that are thrown away. */
    static Report unheard() {
        return new Report(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    }

    void add(Figure figure) {
        figures.add(figure);
        progress.println("  " + Table.sentence(figure));
    }

    /** Prints a remark on a part's figures. */
    void note(String text) {
        progress.println("  " + text);
    }

    List<Figure> missed() {
        return figures.stream().filter(Figure::missed).toList();
    }

    String table() {
        return Table.of(figures);
    }

    void writeJson(Path file, Map<String, String> settings) throws IOException {
        var mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        settings.forEach(root.putObject("settings")::put);
        var rows = root.putArray("figures");
        for (Figure figure : figures) {
            ObjectNode row = rows.addObject();
            row.put("part", figure.part()).put("what", figure.what());
            row.put("value", figure.ours()).put("unit", figure.unit());
            row.put("reference", figure.reference()).put("against", figure.against());
            row.put("goal", figure.goal() == null ? null : figure.goal().words());
            row.put("reached", figure.goal() == null ? null : !figure.missed());
        }
        Files.createDirectories(file.getParent());
        mapper.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), root);
    }
}
