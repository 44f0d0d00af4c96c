package dev.kloset.testkit;

import dev.kloset.FileMode;
import dev.kloset.testkit.SeenRecord.SeenInfo;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Everything that an importer finds, read to its end. For one thread. */
final class Reimport {

    /** What makes two names one file. */
    private record Inode(long dev, long ino) {}

    /** Other attributes are made by the system. */
    private static final String USERS = "user.";

    private final Bench bench;
    private final Map<String, SeenInfo> infos = new TreeMap<>();
    private final Map<String, String> targets = new HashMap<>();
    private final Map<String, String> contents = new HashMap<>();
    private final Map<String, Map<String, String>> attributes = new HashMap<>();
    private String root = "/";

    Reimport(Bench bench) {
        this.bench = bench;
    }

    /** {@return what lies at each path below the importer's root, which is {@code /} here} */
    Map<String, EntryLook> looks() throws Exception {
        Session session = bench.start();
        root = session.init().root();
        try (ImportRun run = new ImportRun(session)) {
            for (SeenRecord record = run.next(); record != null; record = run.next()) {
                take(session, record);
                run.acknowledge(record);
            }
            if (!run.saidFinished()) {
                throw new ClauseFailedException("an import that says finished", "an end of its stream");
            }
            run.end();
        }
        Map<Inode, String> first = new HashMap<>();
        infos.forEach((pathname, info) -> first.putIfAbsent(new Inode(info.dev(), info.ino()), pathname));
        Map<String, EntryLook> looks = new TreeMap<>();
        infos.forEach((pathname, info) -> looks.put(pathname,
                look(pathname, info, first.getOrDefault(new Inode(info.dev(), info.ino()), pathname))));
        return looks;
    }

    private EntryLook look(String pathname, SeenInfo info, String firstName) {
        return new EntryLook(new FileMode(info.mode()), Instant.ofEpochSecond(info.seconds(), info.nanos()), info.uid(),
                info.gid(), contents.getOrDefault(pathname, ""), targets.getOrDefault(pathname, ""),
                attributes.getOrDefault(pathname, Map.of()), firstName, info.nlink());
    }

    private void take(Session session, SeenRecord record) throws Exception {
        if (!isBelowRoot(record.pathname())) {
            return;
        }
        String pathname = relative(record.pathname());
        if (record.isError()) {
            throw new ClauseFailedException(record.words() + " as it was restored", "the error: " + record.error());
        }
        if (record.isXattr()) {
            String value = content(session, record);
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
            contents.put(pathname, content(session, record));
        }
    }

    private static String content(Session session, SeenRecord record) throws Exception {
        try (Call call = ContentRead.open(session, record)) {
            return EntryLook.words(StoreCalls.rest(call));
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
