package dev.kloset.testkit.clause;

import static dev.kloset.testkit.clause.ExportTreeChecks.assertContents;
import static dev.kloset.testkit.clause.ExportTreeChecks.error;
import static dev.kloset.testkit.contract.Clause.E03;
import static dev.kloset.testkit.contract.Clause.E12;
import static dev.kloset.testkit.contract.Clause.E14;
import static dev.kloset.testkit.contract.Clause.E18;

import dev.kloset.FileMode;
import dev.kloset.testkit.connection.BlockedException;
import dev.kloset.testkit.connection.CheckContext;
import dev.kloset.testkit.connection.ClauseFailedException;
import dev.kloset.testkit.connection.ExportMessages;
import dev.kloset.testkit.connection.ExportRun;
import dev.kloset.testkit.connection.NotApplicableException;
import dev.kloset.testkit.contract.Clause;
import dev.kloset.testkit.contract.PreservedAttribute;
import dev.kloset.testkit.destination.Destination;
import dev.kloset.testkit.property.EntrySnapshot;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The clauses of family E about what not every destination can keep. They demand what the author has declared as kept. */
final class ExportKeptChecks {

    private static final int MODE = 0640;
    private static final String TARGET = "nowhere/../at all";
    private static final List<String> NAMES = List.of("two words", "line\nend", "-dash", "*?[]",
            "\u00e4\u4e2d\ud83d\ude00", "back\\slash", "n".repeat(255));

    private ExportKeptChecks() {}

    static void addTo(Map<Clause, Check> checks) {
        checks.put(E12, ExportKeptChecks::keepsModeAndTime);
        checks.put(E14, ExportKeptChecks::takesEveryName);
        checks.put(E18, ExportKeptChecks::makesDirectoriesAndLinks);
    }

    private static void keepsModeAndTime(CheckContext context) throws Exception {
        boolean modes = context.keeps(PreservedAttribute.MODES);
        boolean times = context.keeps(PreservedAttribute.TIMES);
        if (!modes && !times) {
            throw new NotApplicableException("the destination keeps neither modes nor times, as was declared");
        }
        Destination destination = Destination.of(context);
        try (ExportRun run = new ExportRun(context.open())) {
            run.root().file("/file", new byte[]{ 1, 2, 3 }).end();
        }
        EntrySnapshot file = destination.at("/file")
                .orElseThrow(() -> new BlockedException(E03, "the file /file",
                        "no such file, although its result was a success"));
        boolean sameMode = file.mode().posixPermissions() == MODE;
        boolean sameTime = file.time().getEpochSecond() == ExportMessages.TIME.getEpochSecond();
        if (modes && !sameMode || times && !sameTime) {
            throw new ClauseFailedException(words(modes, times, FileMode.regular(MODE), ExportMessages.TIME),
                    words(modes, times, file.mode(), file.time()));
        }
        if (times && !file.time().equals(ExportMessages.TIME)) {
            context.note("the time is cut to " + file.time());
        }
    }

    private static String words(boolean modes, boolean times, FileMode mode, Instant time) {
        return (modes ? "mode " + mode.toString().substring(1) : "") + (modes && times ? " and " : "")
                + (times ? "time " + time : "");
    }

    /** A destination with rules of its own for names must refuse the others, rather than restore them under another name. */
    private static void takesEveryName(CheckContext context) throws Exception {
        Destination destination = Destination.of(context);
        Map<String, byte[]> contents = new LinkedHashMap<>();
        for (String name : NAMES) {
            contents.put("/" + name, name.getBytes(StandardCharsets.UTF_8));
        }
        try (ExportRun run = new ExportRun(context.open())) {
            run.root();
            for (Map.Entry<String, byte[]> each : contents.entrySet()) {
                run.file(each.getKey(), each.getValue());
            }
            run.end();
            if (!context.keeps(PreservedAttribute.ODD_NAMES)) {
                contents.keySet().removeIf(pathname -> !error(run, pathname).isEmpty());
            }
            assertContents(destination, run, contents);
        }
    }

    private static void makesDirectoriesAndLinks(CheckContext context) throws Exception {
        boolean directories = context.keeps(PreservedAttribute.DIRECTORIES);
        boolean links = context.keeps(PreservedAttribute.SYMBOLIC_LINKS);
        if (!directories && !links) {
            throw new NotApplicableException("the destination keeps neither directories nor links, as was declared");
        }
        Destination destination = Destination.of(context);
        try (ExportRun run = new ExportRun(context.open())) {
            run.root()
                    .send(ExportMessages.directory("/empty-dir", "empty-dir"))
                    .send(ExportMessages.link("/link", TARGET))
                    .end();
            if (!links && error(run, "/link").isEmpty()) {
                context.note("a link, which the destination does not keep, gets a success: users learn of no loss");
            }
        }
        Map<String, EntrySnapshot> seen = destination.look("/empty-dir", "/link");
        if (directories) {
            assertDirectory(seen.get("/empty-dir"));
        }
        if (links) {
            assertLink(seen.get("/link"));
        }
    }

    private static void assertDirectory(@Nullable EntrySnapshot directory) throws Exception {
        if (directory == null || !directory.mode().isDirectory()) {
            throw new ClauseFailedException("the directory /empty-dir", "no such directory");
        }
    }

    private static void assertLink(@Nullable EntrySnapshot link) throws Exception {
        if (link == null || !link.mode().isSymlink() || !link.target().equals(TARGET)) {
            throw new ClauseFailedException("the link /link to \"" + TARGET + "\"",
                    link != null && link.mode().isSymlink() ? "a link to \"" + link.target() + "\"" : "no link");
        }
    }
}
