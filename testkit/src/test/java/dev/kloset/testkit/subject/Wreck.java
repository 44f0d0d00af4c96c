package dev.kloset.testkit.subject;

import static dev.kloset.testkit.contract.Clause.T01;
import static dev.kloset.testkit.contract.Clause.T03;
import static dev.kloset.testkit.contract.Clause.T05;
import static dev.kloset.testkit.contract.Clause.T13;

import dev.kloset.testkit.contract.Clause;
import dev.kloset.testkit.contract.Shown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A program that is not a plugin, and the clauses that it nevertheless shows that it keeps: for most programs, none. */
public enum Wreck implements Shown {
    SUCCEEDS("exit 0"),
    FAILS("echo sorry >&2; exit 1"),
    IS_MISSING(""),
    IS_NOT_EXECUTABLE(""),
    IS_SILENT("exec sleep 300"),
    READS_ONLY("exec cat >/dev/null"),
    PRINTS("echo hello"),
    PRINTS_AND_STAYS("echo hello; exec sleep 300"),
    LOOPS("exec yes"),
    ECHOES("exec cat"),
    CRASHES("kill -SEGV $$"),
    EXITS_WHEN_SPOKEN_TO("read -r line; exit 3"),
    CRASHES_WHEN_SPOKEN_TO("read -r line; kill -SEGV $$"),
    /** These bytes would be acknowledgements if SETTINGS preceded them. */
    SPEAKS_GARBAGE("printf 'kloset'; " + Frames.SETTINGS_ACK + Frames.PING_ACK + "exec sleep 300"),
    ACKNOWLEDGES_AT_ONCE(Frames.SETTINGS_ACK + Frames.PING_ACK + "exec sleep 300"),
    SETTINGS_THEN_NOTHING(Frames.SETTINGS + "exec sleep 300", T01, T03, T13),
    SETTINGS_THEN_END(Frames.SETTINGS + "exit 0", T01, T03, T13),
    SETTINGS_THEN_CRASH(Frames.SETTINGS + "read -r line; kill -SEGV $$", T01, T03, T13),
    SETTINGS_THEN_SILENCE(Frames.SETTINGS + "exec >&-; exec sleep 300", T01, T03, T13),
    SETTINGS_THEN_GARBAGE(Frames.SETTINGS + "exec yes", T01, T03, T13),
    /** The eight bytes of its PING differ from those that were sent. */
    SETTINGS_AND_ACKNOWLEDGEMENTS(Frames.SETTINGS + Frames.SETTINGS_ACK + Frames.PING_ACK + "exec sleep 300", T01, T03,
            T05, T13);

    private static final class Frames {
        static final String SETTINGS = "printf '\\0\\0\\0\\4\\0\\0\\0\\0\\0'; ";
        static final String SETTINGS_ACK = "printf '\\0\\0\\0\\4\\1\\0\\0\\0\\0'; ";
        static final String PING_ACK = "printf '\\0\\0\\10\\6\\1\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0'; ";
    }

    private final String script;
    @SuppressWarnings("ImmutableEnumChecker") // never changed
    private final Set<Clause> shown = EnumSet.noneOf(Clause.class);

    Wreck(String script, Clause... shown) {
        this.script = script;
        this.shown.addAll(List.of(shown));
    }

    public Subject subject(Path directory) throws IOException {
        return switch (this) {
            case IS_MISSING -> new ProcessSubject(directory.resolve("no-such-plugin"), List.of(), Map.of());
            case IS_NOT_EXECUTABLE -> new ProcessSubject(
                    Files.writeString(Files.createTempFile(directory, "plugin", ""), "no program"), List.of(),
                    Map.of());
            default -> new ProcessSubject(Path.of("/bin/sh"), List.of("-c", script), Map.of());
        };
    }

    @Override
    public boolean shows(Clause clause) {
        return shown.contains(clause);
    }
}
