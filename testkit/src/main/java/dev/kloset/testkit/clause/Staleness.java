package dev.kloset.testkit.clause;

import dev.kloset.testkit.connection.BlockedException;
import dev.kloset.testkit.connection.CheckContext;
import dev.kloset.testkit.connection.ClauseFailedException;
import dev.kloset.testkit.connection.ContentRead;
import dev.kloset.testkit.connection.ImportRun;
import dev.kloset.testkit.connection.NotApplicableException;
import dev.kloset.testkit.connection.PluginConnection;
import dev.kloset.testkit.connection.ReceivedRecord;
import dev.kloset.testkit.contract.Clause;
import dev.kloset.testkit.contract.ExpectedFiles;
import dev.kloset.testkit.contract.MutableSource;
import dev.kloset.testkit.contract.SourceChange;
import dev.kloset.wire.grpc.StatusException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Changes the source and proves that each change reaches the next snapshot: the host reads content again only if the FileInfo
 * differs, so a changed file must have another one, and must then have the new bytes. A file that did not change must keep its
 * FileInfo. Each import has a process of its own, as two backups have.
 */
final class Staleness implements Check {

    /** Clauses about contents, checked before this one: a plugin that breaks them has its failure already. */
    private static final Set<Clause> CONTENTS = EnumSet.range(Clause.I16, Clause.I23);

    @Override
    public void run(CheckContext context) throws Exception {
        try (MutableSource source = source(context)) {
            List<SourceChange> changes = source.changes();
            Map<String, ReceivedRecord> before = new TreeMap<>();
            try (ImportRun run = new ImportRun(context.open())) {
                run.rest().forEach(record -> before.put(record.key(), record));
            }
            for (SourceChange change : changes) {
                Comparison comparison = new Comparison(context, source, change, before);
                comparison.run();
                before.clear();
                before.putAll(comparison.after);
            }
        }
    }

    private static MutableSource source(CheckContext context) throws NotApplicableException, IOException {
        Optional<MutableSource> authors = context.runContext.settings.mutableSource();
        if (authors.isPresent()) {
            return authors.get();
        }
        Path directory = context.runContext.settings.mutable()
                .orElseThrow(() -> new NotApplicableException(
                        "no directory of the source may be changed; --mutable names one"));
        return new ChangedDirectory(directory);
    }

    /** The import after one change, beside the one before it. */
    private static final class Comparison {

        private final CheckContext context;
        private final MutableSource source;
        private final SourceChange change;
        private final Map<String, ReceivedRecord> before;
        private final Map<String, ReceivedRecord> after = new TreeMap<>();
        private final List<String> stale = new ArrayList<>();
        private Map<String, Optional<byte[]>> expected = Map.of();

        Comparison(CheckContext context, MutableSource source, SourceChange change,
                Map<String, ReceivedRecord> before) {
            this.context = context;
            this.source = source;
            this.change = change;
            this.before = before;
        }

        void run() throws Exception {
            ExpectedFiles files = change.action().make();
            expected = files.files();
            PluginConnection connection = context.open();
            try (ImportRun run = new ImportRun(connection)) {
                for (ReceivedRecord record = run.next(); record != null; record = run.next()) {
                    look(connection, record);
                    run.acknowledge(record);
                }
                run.end();
            }
            if (!stale.isEmpty()) {
                throw new ClauseFailedException("another FileInfo whenever the bytes are others",
                        "stale after the change \""
                                + change.name() + "\": the FileInfo stayed the same for "
                                + String.join(" and for ", stale));
            }
            for (Map.Entry<String, Optional<byte[]>> file : expected.entrySet()) {
                isThere(file.getKey(), file.getValue().isPresent());
            }
        }

        private void look(PluginConnection connection, ReceivedRecord record) throws Exception {
            ReceivedRecord old = before.get(record.key());
            after.put(record.key(), record);
            if (record.isXattr()) {
                return;
            }
            Optional<byte[]> bytes = expectedOf(record.pathname());
            boolean looksUnchanged = old != null && old.info().equals(record.info());
            if (bytes.isEmpty()) {
                if (record.isFile() && !looksUnchanged && !source.isAlwaysRead(record.pathname())) {
                    throw new BlockedException(Clause.I26, "after the change \"" + change.name()
                            + "\" nothing else to read", record.words() + (old == null ? ", which is new" : ""));
                }
            } else if (record.isError()) {
                throw broken(record, "the error: " + record.error());
            } else if (looksUnchanged) {
                stale.add(record.words());
            } else {
                read(connection, record, bytes.get());
            }
        }

        private void read(PluginConnection connection, ReceivedRecord record, byte[] bytes) throws Exception {
            if (CONTENTS.stream().anyMatch(context.runContext::isBroken)) {
                context.note("contents are broken in any case: only the FileInfo of changed files was looked at");
                return;
            }
            ContentRead content;
            try {
                content = ContentRead.of(connection, record);
            } catch (StatusException e) {
                throw broken(record, PluginConnection.words(e));
            }
            if (content.bytes() != bytes.length || !content.digest().equals(ContentRead.digest(bytes))) {
                throw broken(record, content.bytes() + " other bytes");
            }
        }

        private ClauseFailedException broken(ReceivedRecord record, String seen) {
            return new ClauseFailedException(
                    "the new bytes of " + record.words() + " after the change \"" + change.name()
                            + "\"",
                    seen);
        }

        /** A path of an author may be the end of the record's. */
        private Optional<byte[]> expectedOf(String pathname) {
            return expected.entrySet()
                    .stream()
                    .filter(file -> isEnd(file.getKey(), pathname))
                    .findFirst()
                    .flatMap(Map.Entry::getValue);
        }

        private static boolean isEnd(String end, String pathname) {
            return pathname.equals(end) || end.startsWith("/") && pathname.endsWith(end);
        }

        private void isThere(String pathname, boolean wanted) throws ClauseFailedException, NotApplicableException {
            boolean there = after.keySet().stream().anyMatch(key -> isEnd(pathname, key));
            if (there == wanted) {
                return;
            }
            if (wanted && context.runContext.settings.mutableSource().isEmpty()) {
                throw new NotApplicableException("the importer does not show " + pathname
                        + ", which was made in the directory that may be changed");
            }
            throw new ClauseFailedException((wanted ? "a record for " : "no record any more for ") + pathname
                    + " after the change \"" + change.name() + "\"", there ? "one" : "none");
        }
    }
}
