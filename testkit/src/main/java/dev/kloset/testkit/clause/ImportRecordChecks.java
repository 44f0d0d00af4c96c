package dev.kloset.testkit.clause;

import static dev.kloset.testkit.contract.Clause.I05;
import static dev.kloset.testkit.contract.Clause.I06;
import static dev.kloset.testkit.contract.Clause.I07;
import static dev.kloset.testkit.contract.Clause.I08;
import static dev.kloset.testkit.contract.Clause.I09;
import static dev.kloset.testkit.contract.Clause.I10;
import static dev.kloset.testkit.contract.Clause.I11;
import static dev.kloset.testkit.contract.Clause.I12;
import static dev.kloset.testkit.contract.Clause.I13;

import dev.kloset.testkit.connection.CheckContext;
import dev.kloset.testkit.connection.ClauseFailedException;
import dev.kloset.testkit.connection.ImportRun;
import dev.kloset.testkit.connection.NotApplicableException;
import dev.kloset.testkit.connection.ReceivedRecord;
import dev.kloset.testkit.connection.ReceivedRecord.SeenInfo;
import dev.kloset.testkit.contract.Clause;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The clauses of family I about single records. All of them judge the records of one import. */
final class ImportRecordChecks {

    /** Go's types: directory, link, device, pipe, socket, character device, irregular. */
    private static final int TYPE_BITS = 0x8F280000;
    private static final int CHARACTER_DEVICE = 0x04200000;
    /** All bits to which Go gives a meaning: types, append, exclusive, temporary, setuid, setgid, sticky, permissions. */
    private static final int KNOWN_BITS = TYPE_BITS | 0x70000000 | 0x00D00000 | 0x1FF;
    private static final int MAX_LINKS = 65_535;

    private ImportRecordChecks() {}

    static void addTo(Map<Clause, Check> checks) {
        checks.put(I05, each("an absolute and clean pathname", ImportRecordChecks::badPath));
        checks.put(I06, each("a name that is the last component of the pathname", ImportRecordChecks::badName));
        checks.put(I07, each("FileInfo exactly without error and attribute", ImportRecordChecks::badPresence));
        checks.put(I08, each("texts in UTF-8", ImportRecordChecks::badTexts));
        checks.put(I09, each("a mode in Go's bits", ImportRecordChecks::badMode));
        checks.put(I10, each("a target exactly for a symbolic link", ImportRecordChecks::badTarget));
        checks.put(I11, each("at most " + MAX_LINKS + " links", ImportRecordChecks::badLinks));
        checks.put(I12, ImportRecordChecks::noDuplicates);
        checks.put(I13, ImportRecordChecks::attributesHaveFiles);
    }

    /**
     * {@return a check of every record} The function describes what is wrong with a record, and returns an empty string if
     * nothing is.
     */
    private static Check each(String expected, Function<ReceivedRecord, String> fault) {
        return context -> {
            List<ReceivedRecord> records = ImportRun.observed(context);
            List<String> faults = records.stream().map(fault).filter(words -> !words.isEmpty()).toList();
            if (!faults.isEmpty()) {
                throw new ClauseFailedException(expected, faults.getFirst() + more(faults.size()));
            }
            if (records.isEmpty()) {
                throw new NotApplicableException("the source is empty");
            }
        };
    }

    static String more(int count) {
        return count > 1 ? ", and " + (count - 1) + " more" : "";
    }

    private static String badPath(ReceivedRecord record) {
        return isCleanPath(record.pathname()) ? "" : record.words();
    }

    static boolean isCleanPath(String path) {
        if (!path.startsWith("/") || path.length() > 1 && path.endsWith("/")) {
            return false;
        }
        return path.equals("/")
                || List.of(path.substring(1).split("/", -1))
                        .stream()
                        .noneMatch(part -> part.isEmpty()
                                || part.equals(".") || part.equals(".."));
    }

    private static String badName(ReceivedRecord record) {
        if (!isCleanPath(record.pathname())) {
            return ""; // I05 reports that
        }
        String path = record.pathname();
        String expected = path.equals("/") ? "/" : path.substring(path.lastIndexOf('/') + 1);
        return info(record, info -> info.name().equals(expected)
                ? ""
                : record.words() + " with the name \"" + info.name() + "\"");
    }

    private static String info(ReceivedRecord record, Function<SeenInfo, String> fault) {
        return record.info().map(fault).orElse("");
    }

    private static String badPresence(ReceivedRecord record) {
        boolean expected = !record.isError() && !record.isXattr();
        return record.info().isPresent() == expected
                ? ""
                : record.words() + (expected ? " without FileInfo" : " with FileInfo");
    }

    private static String badTexts(ReceivedRecord record) {
        return record.badTexts().isEmpty() ? "" : record.words() + " has bad bytes in " + record.badTexts();
    }

    private static String badMode(ReceivedRecord record) {
        return info(record, info -> {
            int type = info.mode() & TYPE_BITS;
            boolean oneType = Integer.bitCount(type) <= 1 || type == CHARACTER_DEVICE;
            return oneType && (info.mode() & ~KNOWN_BITS) == 0
                    ? ""
                    : record.words() + " with the mode 0x" + Integer.toHexString(info.mode());
        });
    }

    private static String badTarget(ReceivedRecord record) {
        return info(record, info -> info.isSymlink() == !record.target().isEmpty()
                ? ""
                : record.words() + (info.isSymlink() ? ", a link without a target" : ", no link but with a target"));
    }

    private static String badLinks(ReceivedRecord record) {
        return info(record,
                info -> info.nlink() >= 0 && info.nlink() <= MAX_LINKS ? "" : record.words() + " with " + info.nlink());
    }

    private static void noDuplicates(CheckContext context) throws Exception {
        if (ImportRun.observed(context).isEmpty()) {
            throw new NotApplicableException("the source is empty");
        }
        Set<String> keys = new HashSet<>();
        for (ReceivedRecord record : ImportRun.observed(context)) {
            if (!record.isError() && !keys.add(record.key())) {
                throw new ClauseFailedException("every record once", record.words() + " twice");
            }
        }
        Map<String, ReceivedRecord> files = byPath(ImportRun.observed(context));
        for (ReceivedRecord record : ImportRun.observed(context)) {
            int slash = record.pathname().lastIndexOf('/');
            String parent = slash <= 0 ? "/" : record.pathname().substring(0, slash);
            ReceivedRecord above = files.get(parent);
            if (above != null && above.isFile() && !record.pathname().equals("/")) {
                throw new ClauseFailedException("no pathname that is a file and a directory",
                        above.words() + " is a file, and " + record.words() + " lies below it");
            }
        }
    }

    static Map<String, ReceivedRecord> byPath(List<ReceivedRecord> records) {
        Map<String, ReceivedRecord> map = new HashMap<>();
        for (ReceivedRecord record : records) {
            if (!record.isXattr() && !record.isError()) {
                map.put(record.pathname(), record);
            }
        }
        return map;
    }

    private static void attributesHaveFiles(CheckContext context) throws Exception {
        List<ReceivedRecord> records = ImportRun.observed(context);
        List<ReceivedRecord> attributes = records.stream().filter(ReceivedRecord::isXattr).toList();
        if (attributes.isEmpty()) {
            throw new NotApplicableException("the source has no extended attributes");
        }
        Map<String, ReceivedRecord> files = byPath(records);
        for (ReceivedRecord attribute : attributes) {
            ReceivedRecord file = files.get(attribute.pathname());
            if (file == null || !file.xattrNames().contains(attribute.xattrName())) {
                throw new ClauseFailedException("a record of the file that lists the attribute",
                        attribute.words() + (file == null ? ", which has no record" : ", which is not listed"));
            }
        }
    }
}
