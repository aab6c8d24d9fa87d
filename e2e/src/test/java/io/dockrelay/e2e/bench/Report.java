package io.dockrelay.e2e.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** All figures of one run: said as they come, then as a table and as JSON. */
final class Report {

    private final List<Figure> figures = new ArrayList<>();

    void add(Figure figure) {
        figures.add(figure);
        System.err.println("  " + Table.sentence(figure));
    }

    /** Something to know about a part's figures. */
    void note(String text) {
        System.err.println("  " + text);
    }

    List<Figure> figures() {
        return List.copyOf(figures);
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
