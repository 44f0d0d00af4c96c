package dev.kloset.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The page that compares Java and Go has figures of docs/benchmarks.md, and no others. */
class ComparisonTest {

    private static final Path DOCS = Path.of("..", "docs");
    private static final String BEGIN = "<!-- begin: figures -->\n";
    private static final String END = "<!-- end: figures -->\n";

    /** One row: a table of the benchmarks, the rows of ours and theirs, a column. */
    private record Figure(String heading, String ours, String theirs, String column) {

        String row(String benchmarks) {
            List<String> section = section(benchmarks);
            List<String> columns = cells(section.getFirst());
            int column = columns.indexOf(this.column);
            assertThat(column).as("%s under %s", this.column, heading).isPositive();
            String java = cell(section, ours, column);
            String go = cell(section, theirs, column);
            String ratio = cell(section, ours + " / " + theirs, column);
            return "| [" + heading.replace(", driven by grpc-go", "") + "](benchmarks.md#" + anchor() + ") | "
                    + this.column + " | " + java + " | " + go + " | " + ratio + " |\n";
        }

        private List<String> section(String benchmarks) {
            String start = "\n### " + heading + "\n";
            assertThat(benchmarks).contains(start);
            return benchmarks.substring(benchmarks.indexOf(start) + start.length())
                    .lines()
                    .dropWhile(line -> !line.startsWith("|"))
                    .takeWhile(line -> line.startsWith("|"))
                    .toList();
        }

        private static List<String> cells(String line) {
            return Arrays.stream(line.split("\\|", -1)).skip(1).map(String::strip).toList();
        }

        private String cell(List<String> section, String row, int column) {
            List<String> found = section.stream().filter(line -> cells(line).getFirst().equals(row)).toList();
            assertThat(found).as("%s under %s", row, heading).hasSize(1);
            return cells(found.getFirst()).get(column).replaceAll(" \\(.*", "");
        }

        private String anchor() {
            return heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 _-]", "").replace(' ', '-');
        }
    }

    private static Figure of(String heading, String column) {
        return new Figure(heading + ", driven by grpc-go", "files", "Go SDK", column);
    }

    private static final List<Figure> FIGURES = List.of(
            new Figure("Start, driven by grpc-go", "files: Init of the importer", "Go SDK: Init of the importer", "ms"),
            new Figure("Start, driven by grpc-go", "files: Init of the importer", "Go SDK: Init of the importer",
                    "resident MiB"),
            of("List 10,000 empty files", "records/s"),
            of("List 1,000,000 empty files", "records/s"),
            of("List 1,000,000 empty files", "peak MiB"),
            of("Read 100,000 files of 4 KiB, 8 at a time", "records/s"),
            of("Read 100,000 files of 4 KiB, 8 at a time", "processor µs for each"),
            of("Read 8 files of 1024 MiB, 1 at a time", "MiB/s"),
            of("Restore 20,000 files of 4 KiB", "records/s"),
            of("Restore 8 files of 1024 MiB", "MiB/s"),
            of("Restore 8 files of 1024 MiB", "peak MiB"),
            of("Put packfiles of 64 MiB, 2 at a time", "MiB/s"),
            of("Get packfiles of 64 MiB, 2 at a time", "MiB/s"),
            new Figure("Plakar backup, 5,000 files of 4 KiB", "files", "Go SDK", "s"),
            new Figure("Plakar restore, 5,000 files of 4 KiB", "files", "Go SDK", "s"),
            new Figure("Plakar backup, 8 files of 256 MiB", "files", "Go SDK", "s"),
            new Figure("Plakar restore, 8 files of 256 MiB", "files", "Go SDK", "s"));

    /** With {@code -Dkloset.update=true} this test rewrites the table, as new benchmarks require. */
    @Test
    void theTableHasTheFiguresOfTheBenchmarks() throws IOException {
        String benchmarks = Files.readString(DOCS.resolve("benchmarks.md"));
        StringBuilder table = new StringBuilder(
                "| work | | `files` | Go SDK | `files` / Go SDK |\n|---|---|---|---|---|\n");
        FIGURES.forEach(figure -> table.append(figure.row(benchmarks)));
        Path page = DOCS.resolve("compared-with-go.md");
        String text = Files.readString(page);
        String expected = text.substring(0, text.indexOf(BEGIN) + BEGIN.length()) + table
                + text.substring(text.indexOf(END));
        if (Boolean.getBoolean("kloset.update")) {
            Files.writeString(page, expected);
        }
        assertThat(Files.readString(page)).isEqualTo(expected);
    }
}
