package dev.kloset.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fidelity table in the documentation equals the result of a run. */
class FidelityTest {

    private static final Path DOCUMENT = Programs.root().resolve("docs/integrations/files.md");
    private static final String START = "\n| what | `files`";
    private static final List<FidelityTool> OURS = List.of(FidelityTool.PLAKAR, FidelityTool.NEXT_PLAKAR,
            FidelityTool.COPY);

    @TempDir
    Path directory;

    private String said = "";

    /** With {@code -Dkloset.update=true} this test rewrites the table; a person must then review the changes. */
    @Test
    void theTableEqualsTheResultOfARun() throws Exception {
        Shell.require(Map.of("rsync", "rsync", "tar", "tar", "setfattr", "attr", "setfacl", "acl", "setcap",
                "libcap2-bin", "chattr", "e2fsprogs", "filefrag", "e2fsprogs", "perl", "perl-base"));
        Map<FidelityRow, Map<FidelityTool, Fate>> table;
        try (MountedFileSystem disk = MountedFileSystem.image(directory.resolve("disk"), "btrfs", "btrfs-progs")) {
            table = takeElsewhere(disk.path());
        }
        String document = Files.readString(DOCUMENT);
        String expected = document.substring(0, document.indexOf(START)) + text(table);
        if (Boolean.getBoolean("kloset.update")) {
            Files.writeString(DOCUMENT, expected);
        }
        assertThat(worse(table, FidelityTool.BUILT_IN)).as("worse than built-in; %s", said).isEmpty();
        assertThat(worse(table, FidelityTool.RSYNC)).as("without a reason in %s; %s", DOCUMENT, said)
                .allSatisfy(title -> assertThat(expected).contains("**" + title));
        assertThat(Files.readString(DOCUMENT)).as(said).isEqualTo(expected);
    }

    private Map<FidelityRow, Map<FidelityTool, Fate>> takeElsewhere(Path disk) throws Exception {
        Path source = disk.resolve("source");
        try {
            Map<FidelityRow, String> before = new LinkedHashMap<>();
            for (FidelityRow row : FidelityRows.all()) {
                row.make(source);
                before.put(row, row.look(source));
            }
            FidelityTrip trip = new FidelityTrip(source, Files.createDirectory(disk.resolve("targets")), directory);
            trip.make();
            said = trip.toString();
            Map<FidelityRow, Map<FidelityTool, Fate>> table = new LinkedHashMap<>();
            for (Map.Entry<FidelityRow, String> row : before.entrySet()) {
                table.put(row.getKey(), fates(trip, row.getKey(), row.getValue()));
            }
            return table;
        } finally {
            Shell.run(directory, "umount " + source.resolve("mounted/disk"));
        }
    }

    private static Map<FidelityTool, Fate> fates(FidelityTrip trip, FidelityRow row, String was) throws Exception {
        Map<FidelityTool, Fate> fates = new EnumMap<>(FidelityTool.class);
        for (FidelityTool tool : FidelityTool.values()) {
            fates.put(tool, trip.fate(tool, row, was));
        }
        return fates;
    }

    /** {@return the properties for which one of our tools does worse than {@code other}} */
    private static List<String> worse(Map<FidelityRow, Map<FidelityTool, Fate>> table, FidelityTool other) {
        List<String> worse = new ArrayList<>();
        table.forEach((row, fates) -> OURS.stream()
                .filter(tool -> fate(fates, tool) != Fate.NONE && fate(fates, tool).isWorseThan(fate(fates, other)))
                .forEach(tool -> worse.add(row.title())));
        return worse.stream().distinct().toList();
    }

    private static Fate fate(Map<FidelityTool, Fate> fates, FidelityTool tool) {
        return Objects.requireNonNull(fates.get(tool));
    }

    private static String text(Map<FidelityRow, Map<FidelityTool, Fate>> table) {
        StringBuilder text = new StringBuilder("\n| what |");
        Stream.of(FidelityTool.values()).forEach(tool -> text.append(' ').append(tool.title).append(" |"));
        text.append("\n|---").append("|---".repeat(FidelityTool.values().length)).append("|\n");
        table.forEach((row, fates) -> text.append("| ")
                .append(row.title())
                .append(fates.values()
                        .stream()
                        .map(fate -> fate.cell)
                        .collect(Collectors.joining(" | ", " | ", " |\n"))));
        return text.toString();
    }
}
