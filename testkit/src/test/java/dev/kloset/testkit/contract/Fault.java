package dev.kloset.testkit.contract;

import dev.kloset.Plugin.Kind;
import java.util.List;
import java.util.Set;

/** What can be wrong with a plugin, and which clauses must report it. */
public enum Fault {
    NOTHING_IMPORTER(Kind.IMPORTER),
    NOTHING_EXPORTER(Kind.EXPORTER),
    NOTHING_STORE(Kind.STORAGE),

    BANNER(Kind.EXPORTER, Clause.T01),
    STDOUT_NOISE(Kind.EXPORTER, Clause.T02),
    SILENT_FAILURE(Kind.EXPORTER, Clause.T11),
    CRASH_BEFORE_INIT(Kind.EXPORTER, Clause.L02),
    SECOND_INIT(Kind.EXPORTER, Clause.L03),
    HANG_IN_CLOSE(Kind.IMPORTER, Clause.L07),
    STAYS_WHILE_BUSY(Kind.EXPORTER, Clause.L11),
    LEAVES_CHILD(Kind.EXPORTER, Clause.L12),
    TELLS_SECRETS(Kind.EXPORTER, Clause.L14, Clause.L16),
    TELLS_LOCATION(Kind.EXPORTER, Clause.L16),
    LENDS_STDOUT(Kind.EXPORTER, Clause.L15),
    WAITS_FOR_READERS(Kind.IMPORTER, Clause.T15),

    MISSING_FINISHED(Kind.IMPORTER, Clause.I03),
    LOST_ACK(Kind.IMPORTER, Clause.I04),
    RELATIVE_PATH(Kind.IMPORTER, Clause.I05),
    WRONG_NAME(Kind.IMPORTER, Clause.I06),
    BAD_UTF8(Kind.IMPORTER, Clause.I08),
    POSIX_MODE(Kind.IMPORTER, Clause.I09),
    EMPTY_CHUNK(Kind.IMPORTER, Clause.I18),
    CUT_CONTENT(Kind.IMPORTER, Clause.I19),
    UNSTABLE_METADATA(Kind.IMPORTER, Clause.I26),
    STALE_METADATA(Kind.IMPORTER, Clause.I27),

    ENDS_WITH_ONE_FILE(Kind.IMPORTER, Clause.I29),
    DELETES_ACKNOWLEDGED(Kind.IMPORTER, Clause.I30),

    LOST_RESULT(Kind.EXPORTER, Clause.E01),
    TRUNCATED_FILE(Kind.EXPORTER, Clause.E05),
    PATH_ESCAPE(Kind.EXPORTER, Clause.E06),
    FOLLOWS_LINKS(Kind.EXPORTER, Clause.E07),
    /** An exporter that writes under the final name fails with a reset as well as with a kill. */
    WRITES_IN_PLACE(Kind.EXPORTER, Clause.E15, Clause.E16),
    NO_HEADER(Kind.EXPORTER, Clause.E17),
    /** A destination that cannot keep something may say so beforehand; these did not. */
    LOSES_MODES(Kind.EXPORTER, Clause.E12),
    LOSES_LINKS(Kind.EXPORTER, Clause.E18),

    /** Breaks no clause, but causes a remark. */
    SLOW_MODE(Kind.STORAGE),
    PARTIAL_LIST(Kind.STORAGE, Clause.S07),
    WRONG_MAC_LENGTH(Kind.STORAGE, Clause.S09),
    SHORT_RANGE(Kind.STORAGE, Clause.S10),
    PADDED_RANGE(Kind.STORAGE, Clause.S11),
    DELETE_ABSENT(Kind.STORAGE, Clause.S14),
    KEEPS_RESET_PUT(Kind.STORAGE, Clause.S18),
    /** A store that writes states under the final name shows partial states in every possible way. */
    PUTS_IN_PLACE(Kind.STORAGE, Clause.S17, Clause.S18, Clause.S19);

    /** Faults that only a process of its own can have. */
    private static final Set<String> OF_PROCESSES = Set.of("NOTHING_IMPORTER", "NOTHING_EXPORTER", "NOTHING_STORE",
            "BANNER",
            "STDOUT_NOISE", "CRASH_BEFORE_INIT", "STAYS_WHILE_BUSY", "LEAVES_CHILD", "LENDS_STDOUT", "WRITES_IN_PLACE",
            "PUTS_IN_PLACE");

    public final Kind kind;
    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    final List<Clause> clauses;

    Fault(Kind kind, Clause... clauses) {
        this.kind = kind;
        this.clauses = List.of(clauses);
    }

    boolean needsProcess() {
        return OF_PROCESSES.contains(name());
    }
}
