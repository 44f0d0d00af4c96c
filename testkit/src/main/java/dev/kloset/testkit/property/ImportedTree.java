package dev.kloset.testkit.property;

import dev.kloset.FileMode;
import dev.kloset.testkit.connection.Call;
import dev.kloset.testkit.connection.CheckContext;
import dev.kloset.testkit.connection.ClauseFailedException;
import dev.kloset.testkit.connection.ContentRead;
import dev.kloset.testkit.connection.ImportRun;
import dev.kloset.testkit.connection.PluginConnection;
import dev.kloset.testkit.connection.ReceivedRecord;
import dev.kloset.testkit.connection.ReceivedRecord.SeenInfo;
import dev.kloset.testkit.connection.StoreCalls;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Everything that an importer finds, read to the end. For one thread. */
public final class ImportedTree {

    /** Two names with equal inodes belong to one file. */
    private record Inode(long dev, long ino) {}

    /** The system makes attributes with other prefixes. */
    private static final String USERS = "user.";

    private final CheckContext context;
    private final Map<String, SeenInfo> infos = new TreeMap<>();
    private final Map<String, String> targets = new HashMap<>();
    private final Map<String, String> contents = new HashMap<>();
    private final Map<String, Map<String, String>> attributes = new HashMap<>();
    private final Predicate<String> wanted;
    private String root = "/";

    public ImportedTree(CheckContext context) {
        this(context, pathname -> true);
    }

    /** Read only what is at {@code pathnames}, which begin at the importer's root. */
    public ImportedTree(CheckContext context, Set<String> pathnames) {
        this(context, pathnames::contains);
    }

    private ImportedTree(CheckContext context, Predicate<String> wanted) {
        this.context = context;
        this.wanted = wanted;
    }

    /** {@return what is at each path below the importer's root, which is {@code /} here} */
    public Map<String, EntrySnapshot> looks() throws Exception {
        PluginConnection connection = context.start();
        root = connection.init().root();
        try (ImportRun run = new ImportRun(connection)) {
            for (ReceivedRecord record = run.next(); record != null; record = run.next()) {
                take(connection, record);
                run.acknowledge(record);
            }
            if (!run.saidFinished()) {
                throw new ClauseFailedException("an import that says finished", "an end of its stream");
            }
            run.end();
        }
        Map<Inode, String> first = new HashMap<>();
        infos.forEach((pathname, info) -> first.putIfAbsent(new Inode(info.dev(), info.ino()), pathname));
        Map<String, EntrySnapshot> looks = new TreeMap<>();
        infos.forEach((pathname, info) -> looks.put(pathname,
                look(pathname, info, first.getOrDefault(new Inode(info.dev(), info.ino()), pathname))));
        return looks;
    }

    private EntrySnapshot look(String pathname, SeenInfo info, String firstName) {
        return new EntrySnapshot(new FileMode(info.mode()), Instant.ofEpochSecond(info.seconds(), info.nanos()),
                info.uid(),
                info.gid(), contents.getOrDefault(pathname, ""), targets.getOrDefault(pathname, ""),
                attributes.getOrDefault(pathname, Map.of()), firstName, info.nlink());
    }

    private void take(PluginConnection connection, ReceivedRecord record) throws Exception {
        if (!isBelowRoot(record.pathname())) {
            return;
        }
        String pathname = relative(record.pathname());
        if (!wanted.test(pathname)) {
            return;
        }
        if (record.isError()) {
            throw new ClauseFailedException(record.words() + " as it was restored", "the error: " + record.error());
        }
        if (record.isXattr()) {
            String value = content(connection, record);
            if (record.xattrName().startsWith(USERS)) {
                attributes.computeIfAbsent(pathname, key -> new TreeMap<>()).put(record.xattrName(), value);
            }
            return;
        }
        SeenInfo info = record.info()
                .orElseThrow(
                        () -> new ClauseFailedException("a record with FileInfo", record.words() + " without one"));
        if (infos.put(pathname, info) != null) {
            throw new ClauseFailedException("one record for " + record.words(), "two");
        }
        targets.put(pathname, record.target());
        if (info.isRegular()) {
            contents.put(pathname, content(connection, record));
        }
    }

    private static String content(PluginConnection connection, ReceivedRecord record) throws Exception {
        try (Call call = ContentRead.open(connection, record)) {
            return EntrySnapshot.words(StoreCalls.rest(call));
        }
    }

    private boolean isBelowRoot(String pathname) {
        return root.equals("/") || pathname.equals(root) || pathname.startsWith(root + "/");
    }

    private String relative(String pathname) {
        String rest = root.equals("/") ? pathname : pathname.substring(root.length());
        return rest.isEmpty() ? "/" : rest;
    }
}
