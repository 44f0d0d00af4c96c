package dev.kloset.benchmarks.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The cells of a table, for a page or a terminal.
 *
 * @param rows the rows, each as long as the header
 */
record Table(List<String> header, List<List<String>> rows) {

    Table {
        header = List.copyOf(header);
        rows = List.copyOf(rows);
    }

    List<String> markdown() {
        List<String> lines = new ArrayList<>();
        lines.add(line(header));
        lines.add("|---|" + "---|".repeat(header.size() - 1));
        rows.forEach(row -> lines.add(line(row)));
        return lines;
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    /** {@return the lines of the table in columns: the first aligned to the left, the numbers to the right} */
    List<String> text() {
        int[] widths = IntStream.range(0, header.size()).map(this::width).toArray();
        List<List<String>> all = new ArrayList<>(List.of(header));
        all.addAll(rows);
        return all.stream().map(row -> padded(row, widths)).toList();
    }

    private int width(int column) {
        List<Integer> lengths = new ArrayList<>(List.of(header.get(column).length()));
        rows.forEach(row -> lengths.add(row.get(column).length()));
        return Collections.max(lengths);
    }

    private static String padded(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String space = " ".repeat(widths[i] - row.get(i).length());
            line.append(i == 0 ? row.get(i) + space : "   " + space + row.get(i));
        }
        return line.toString().stripTrailing();
    }
}
