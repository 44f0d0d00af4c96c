package dev.kloset.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the checks of one run share: what was seen on the way, and what must be cleaned up. Any thread. */
final class Ground {

    static final String TEMP = "{temp}";

    /** An object in a store that outlives its check. */
    record Stored(int resource, String mac) {}

    final Subject subject;
    final CheckSettings settings;

    // all guarded by this
    private final List<FrameWatch> watches = new ArrayList<>();
    private final Set<String> silentFailures = new LinkedHashSet<>();
    private final Set<String> malformed = new LinkedHashSet<>();
    private final Set<String> orphans = new LinkedHashSet<>();
    private final Set<String> holders = new LinkedHashSet<>();
    private final List<Path> places = new ArrayList<>();
    private final List<Stored> stored = new ArrayList<>();
    private final Set<Clause> broken = EnumSet.noneOf(Clause.class);
    private long statuses;
    private long messages;
    private long endsWatched;
    private long childrenWatched;
    private long largestMessage;
    private String largestOf = "nothing";
    private boolean created;
    private @Nullable List<SeenRecord> records;

    Ground(Subject subject, CheckSettings settings) {
        this.subject = subject;
        this.settings = settings;
    }

    /** {@return whether every check has a place of its own} */
    boolean hasFreshPlaces() {
        return settings.hasFreshPlaces();
    }

    /** {@return a new empty directory, removed when the run ends} */
    synchronized Path place() throws IOException {
        Path place = Files.createTempDirectory(settings.temporaries(), "kloset-check-").toRealPath();
        places.add(place);
        return place;
    }

    Map<String, String> config(@Nullable Path place) {
        Map<String, String> config = new TreeMap<>(settings.config());
        if (place != null) {
            config.replaceAll((key, value) -> value.replace(TEMP, place.toString()));
        }
        return config;
    }

    synchronized void watch(FrameWatch watch) {
        watches.add(watch);
    }

    synchronized List<FrameWatch> watches() {
        return List.copyOf(watches);
    }

    synchronized void failure(String path, boolean silent) {
        statuses++;
        if (silent) {
            silentFailures.add(path);
        }
    }

    synchronized long failuresSeen() {
        return statuses;
    }

    synchronized long messagesSeen() {
        return messages;
    }

    /** {@return how often the plugin has answered, with a message or with a status} */
    synchronized long answersSeen() {
        return messages + statuses;
    }

    /** A process that had answered has ended, and was looked at then. */
    synchronized void watchedEnd() {
        endsWatched++;
    }

    synchronized long endsWatched() {
        return endsWatched;
    }

    /** The children of a process that had answered were looked at while it lived. */
    synchronized void watchedChildren() {
        childrenWatched++;
    }

    synchronized long childrenWatched() {
        return childrenWatched;
    }

    synchronized Set<String> silentFailures() {
        return Set.copyOf(silentFailures);
    }

    synchronized void broken(Clause clause) {
        broken.add(clause);
    }

    synchronized boolean isBroken(Clause clause) {
        return broken.contains(clause);
    }

    synchronized void malformed(String what) {
        malformed.add(what);
    }

    synchronized Set<String> malformed() {
        return Set.copyOf(malformed);
    }

    synchronized void message(String path, int bytes) {
        messages++;
        if (bytes > largestMessage) {
            largestMessage = bytes;
            largestOf = path;
        }
    }

    synchronized long largestMessage() {
        return largestMessage;
    }

    synchronized String largestOf() {
        return largestOf;
    }

    synchronized void orphans(List<String> children) {
        orphans.addAll(children);
    }

    synchronized Set<String> orphans() {
        return Set.copyOf(orphans);
    }

    /** Remember children that had the plugin's standard output. */
    synchronized void holders(List<String> children) {
        holders.addAll(children);
    }

    synchronized Set<String> holders() {
        return Set.copyOf(holders);
    }

    synchronized void stored(int resource, byte[] mac) {
        stored.add(new Stored(resource, HexFormat.of().formatHex(mac)));
    }

    synchronized List<Stored> stored() {
        return List.copyOf(stored);
    }

    /** {@return whether the repository at the one place for all checks was created by us} */
    synchronized boolean isCreated() {
        return created;
    }

    synchronized void created() {
        created = true;
    }

    /** {@return the records of the first whole import} */
    synchronized @Nullable List<SeenRecord> records() {
        return records;
    }

    synchronized void records(List<SeenRecord> seen) {
        records = List.copyOf(seen);
    }

    synchronized List<Path> places() {
        return List.copyOf(places);
    }
}
