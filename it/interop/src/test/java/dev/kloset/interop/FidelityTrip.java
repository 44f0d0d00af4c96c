package dev.kloset.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Takes one tree elsewhere with every tool. At the destination the user "games" has a different number, except for {@code
 * kloset copy}, which stays on one machine.
 */
final class FidelityTrip {

    /** A line of Plakar that reports a success. */
    private static final String FINE = ".* (OK|✓) .*";
    private static final int OTHER_NUMBER = 4005;

    private final Path source;
    private final Path targets;
    private final Path directory;
    private final String elsewhere;
    private final Map<FidelityTool, String> outputs = new EnumMap<>(FidelityTool.class);

    /**
     * @param targets a directory on the file system of {@code source}
     * @param directory the directory for all that the tools need
     */
    FidelityTrip(Path source, Path targets, Path directory) throws IOException, InterruptedException {
        this.source = source;
        this.targets = targets;
        this.directory = directory;
        Path script = directory.resolve("elsewhere");
        Shell.ok(directory, "sed 's/^games:x:[0-9]*:/games:x:" + OTHER_NUMBER + ":/' /etc/passwd > passwd; "
                + "printf '#!/bin/sh\\nmount --bind " + directory
                + "/passwd /etc/passwd && exec \"$@\"\\n' > elsewhere; "
                + "printf '#!/bin/sh\\nshift\\nexec unshare --mount " + script
                + " \"$@\"\\n' > rsh; chmod a+x elsewhere rsh");
        this.elsewhere = "unshare --mount " + script;
    }

    /** Take the tree elsewhere with every tool. */
    void make() throws IOException, InterruptedException {
        outputs.put(FidelityTool.COPY, new KlosetCopy(Files.createDirectory(directory.resolve("copy")))
                .run(source, target(FidelityTool.COPY))
                .text());
        shell(FidelityTool.RSYNC, "rsync -aHAXS --rsh=" + directory + "/rsh " + source + "/ elsewhere:"
                + target(FidelityTool.RSYNC));
        String all = " --acls --xattrs --xattrs-include='*' ";
        shell(FidelityTool.TAR, "mkdir " + target(FidelityTool.TAR) + "; tar --create --sparse" + all + "--file="
                + directory + "/archive.tar -C " + source + " . ; " + elsewhere + " tar --extract --same-owner"
                + " --preserve-permissions" + all + "--file=" + directory + "/archive.tar -C "
                + target(FidelityTool.TAR));
        List<String> words = List.of(elsewhere.split(" ", -1));
        try (Plakar plakar = Plakar.withFiles(Files.createDirectory(directory.resolve("plakar")));
                Plakar next = Plakar.below(Files.createDirectory(directory.resolve("next")),
                        PlakarVersion.V1_1_4_KLOSET_V1_1_4)) {
            next.install(Programs.filesImage());
            Repository repository = plakar.at("fs://" + directory.resolve("repository")).create();
            Snapshot ours = repository.backup("files://" + source);
            Snapshot builtIn = repository.backup("fs://" + source);
            restore(FidelityTool.PLAKAR, "files", ours, plakar.within(words));
            restore(FidelityTool.NEXT_PLAKAR, "files", ours, next.within(words));
            restore(FidelityTool.BUILT_IN, "fs", builtIn, plakar);
        }
    }

    private void shell(FidelityTool tool, String line) throws IOException, InterruptedException {
        outputs.put(tool, Shell.run(directory, line).text());
    }

    private void restore(FidelityTool tool, String protocol, Snapshot snapshot, Plakar plakar)
            throws IOException, InterruptedException {
        Outcome restored = plakar.at(snapshot.repository().location())
                .run("restore", "-to", protocol + "://" + target(tool), snapshot.id());
        outputs.put(tool, snapshot.backup().text() + restored.text());
    }

    private Path target(FidelityTool tool) {
        return targets.resolve(tool.name());
    }

    /**
     * {@return what became of a row}
     *
     * @param was the property before the trip
     */
    Fate fate(FidelityTool tool, FidelityRow row, String was) throws IOException, InterruptedException {
        boolean named = row.id().equals(FidelityRow.OWNER_BY_NAME);
        if (named && tool == FidelityTool.COPY) {
            return Fate.NONE;
        }
        String wanted = named ? was.replaceAll("(?m) [0-9]+$", " " + OTHER_NUMBER) : was;
        if (row.look(target(tool)).equals(wanted)) {
            return Fate.RESTORED;
        }
        return row.isReportedIn(lines(tool)) ? Fate.SAID : Fate.LOST;
    }

    /** {@return the lines of the tool that do not report a success} */
    private String lines(FidelityTool tool) {
        List<String> lines = outputs.getOrDefault(tool, "").lines().filter(line -> !line.matches(FINE)).toList();
        return String.join("\n", lines);
    }

    /** {@return all lines that do not report a success} */
    @Override
    public String toString() {
        return outputs.keySet()
                .stream()
                .map(tool -> tool + ":\n" + lines(tool))
                .collect(Collectors.joining("\n"));
    }
}
