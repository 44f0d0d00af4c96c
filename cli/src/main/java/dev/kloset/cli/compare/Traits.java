package dev.kloset.cli.compare;

import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one side has, counted, and what it can express, as far as its entries show. A connector that works on files of this machine
 * can express everything. For any thread.
 */
public final class Traits {

    private static final int SECOND = 1_000_000_000;
    private static final int DEFAULT_FILE = 0644;
    private static final int DEFAULT_DIRECTORY = 0755;

    private final boolean local;
    private final Map<EntryType, Long> counts = new EnumMap<>(EntryType.class); // guarded by this
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong entries = new AtomicLong();
    private boolean owned; // guarded by this
    private boolean timed; // guarded by this
    private boolean permitted; // guarded by this
    private int timeUnit = SECOND; // in nanoseconds, guarded by this

    /** @param local whether the side works on files of this machine */
    Traits(boolean local) {
        this.local = local;
    }

    synchronized void add(Entry entry) {
        entries.incrementAndGet();
        counts.merge(entry.type(), 1L, Long::sum);
        if (entry.type() == EntryType.XATTR || entry.type() == EntryType.ERROR) {
            return;
        }
        owned |= entry.uid() != 0 || entry.gid() != 0 || !entry.user().isEmpty() || !entry.group().isEmpty();
        timed |= !entry.modTime().equals(Instant.EPOCH);
        permitted |= entry.type() == EntryType.FILE && entry.permissions() != DEFAULT_FILE
                || entry.type() == EntryType.DIRECTORY && entry.permissions() != DEFAULT_DIRECTORY;
        while (entry.modTime().get(ChronoField.NANO_OF_SECOND) % timeUnit != 0) {
            timeUnit /= 1000;
        }
    }

    void read(int count) {
        bytes.addAndGet(count);
    }

    /** {@return bytes of content that were read} Grows while the side is read. */
    public long bytes() {
        return bytes.get();
    }

    /** {@return entries that were taken} Grows while the side is read. */
    public long entries() {
        return entries.get();
    }

    /** {@return how many entries of this type there are} */
    public synchronized long count(EntryType type) {
        return counts.getOrDefault(type, 0L);
    }

    private boolean hasSpecials() {
        return Arrays.stream(EntryType.values()).anyMatch(type -> type.isSpecial() && count(type) > 0);
    }

    /** {@return whether this side can say something about {@code aspect}} */
    synchronized boolean expresses(Aspect aspect) {
        return switch (aspect) {
            case CONTENT -> true;
            case DIRECTORIES -> count(EntryType.DIRECTORY) > 0; // a single file has none even here
            case MODE -> local || permitted;
            case MTIME -> local || timed;
            case OWNER -> local || owned;
            case XATTRS -> local || count(EntryType.XATTR) > 0;
            case SYMLINKS -> local || count(EntryType.SYMLINK) > 0;
            case SPECIALS -> local || hasSpecials();
            case HARDLINKS -> local;
        };
    }

    /** {@return the finest part of a second that this side can express, in nanoseconds} */
    synchronized int timeUnit() {
        return local ? 1 : timeUnit;
    }
}
