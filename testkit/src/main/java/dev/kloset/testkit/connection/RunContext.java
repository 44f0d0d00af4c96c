package dev.kloset.testkit.connection;

import dev.kloset.testkit.contract.CheckSettings;
import dev.kloset.testkit.contract.Clause;
import dev.kloset.testkit.subject.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the checks of one run share: what they have seen, and what remains to be cleaned up. Any thread. */
public final class RunContext {

    /** An object in a store that outlives its check. */
    record Stored(int resource, String mac) {}

    public final Subject subject;
    public final CheckSettings settings;

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
    private @Nullable List<ReceivedRecord> records;
    private @Nullable Reach reach;

    public RunContext(Subject subject, CheckSettings settings) {
        this.subject = subject;
        this.settings = settings;
    }

    /** {@return whether every check has a location of its own} */
    public boolean hasFreshPlaces() {
        return settings.hasFreshPlaces();
    }

    /** {@return a new empty directory, removed when the run ends} */
    public synchronized Path place() throws IOException {
        Path place = Files.createTempDirectory(settings.temporaries(), "kloset-check-").toRealPath();
        places.add(place);
        return place;
    }

    Map<String, String> config(@Nullable Path place) {
        Map<String, String> config = new TreeMap<>(settings.config());
        if (place != null) {
            config.replaceAll((key, value) -> value.replace(CheckSettings.TEMP, place.toString()));
        }
        return config;
    }

    synchronized void watch(FrameWatch watch) {
        watches.add(watch);
    }

    public synchronized List<FrameWatch> watches() {
        return List.copyOf(watches);
    }

    synchronized void failure(String path, boolean silent) {
        statuses++;
        if (silent) {
            silentFailures.add(path);
        }
    }

    public synchronized long failuresSeen() {
        return statuses;
    }

    public synchronized long messagesSeen() {
        return messages;
    }

    /** {@return how often the plugin has answered, with a message or a status} */
    synchronized long answersSeen() {
        return messages + statuses;
    }

    /** Record that a process that had answered has ended, and that its end was examined. */
    synchronized void watchedEnd() {
        endsWatched++;
    }

    public synchronized long endsWatched() {
        return endsWatched;
    }

    /** Record that the children of a process that had answered were examined while it lived. */
    synchronized void watchedChildren() {
        childrenWatched++;
    }

    public synchronized long childrenWatched() {
        return childrenWatched;
    }

    public synchronized Set<String> silentFailures() {
        return Set.copyOf(silentFailures);
    }

    public synchronized void broken(Clause clause) {
        broken.add(clause);
    }

    public synchronized boolean isBroken(Clause clause) {
        return broken.contains(clause);
    }

    synchronized void malformed(String what) {
        malformed.add(what);
    }

    public synchronized Set<String> malformed() {
        return Set.copyOf(malformed);
    }

    synchronized void message(String path, int bytes) {
        messages++;
        if (bytes > largestMessage) {
            largestMessage = bytes;
            largestOf = path;
        }
    }

    public synchronized long largestMessage() {
        return largestMessage;
    }

    public synchronized String largestOf() {
        return largestOf;
    }

    synchronized void orphans(List<String> children) {
        orphans.addAll(children);
    }

    public synchronized Set<String> orphans() {
        return Set.copyOf(orphans);
    }

    /** Record children that had the plugin's standard output open. */
    synchronized void holders(List<String> children) {
        holders.addAll(children);
    }

    public synchronized Set<String> holders() {
        return Set.copyOf(holders);
    }

    synchronized void stored(int resource, byte[] mac) {
        stored.add(new Stored(resource, HexFormat.of().formatHex(mac)));
    }

    synchronized List<Stored> stored() {
        return List.copyOf(stored);
    }

    /** {@return whether these checks created the repository that they all share} */
    public synchronized boolean isCreated() {
        return created;
    }

    synchronized void created() {
        created = true;
    }

    /** {@return the records of the first whole import} */
    synchronized @Nullable List<ReceivedRecord> records() {
        return records;
    }

    synchronized void records(List<ReceivedRecord> received) {
        records = List.copyOf(received);
    }

    /** {@return how checks can see what the exporter writes, if one of them has found out} */
    public synchronized Optional<Reach> reach() {
        return Optional.ofNullable(reach);
    }

    public synchronized void reach(Reach found) {
        reach = found;
    }

    synchronized List<Path> places() {
        return List.copyOf(places);
    }
}
