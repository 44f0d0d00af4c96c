package dev.kloset.files.restore.link;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Restored files that may still get more names, by their numbers at the source. Each takes some 60 bytes, so a million of them
 * fit into the heap of a package. It is a hash table of positions in chunks of bytes. For one thread.
 */
final class PackedLinks {

    private static final int CHUNK = 1 << 18;
    private static final int FIRST_SLOTS = 1024;
    private static final int FREE = 0;
    /** Precedes each file: its length, and how many of its names are missing. */
    private static final int HEAD = 4;
    private static final int MAX_SHORT = 0xFFFF;

    private PackedLink packing = new PackedLink();
    private List<byte[]> chunks = new ArrayList<>();
    private int used = CHUNK; // bytes used in the last chunk
    private int[] slots = new int[FIRST_SLOTS]; // the position of a file plus one, or FREE
    private int entries;
    private int live;

    int size() {
        return live;
    }

    /** {@return the approximate memory in use} */
    long bytes() {
        return (long) chunks.size() * CHUNK + (long) slots.length * Integer.BYTES + packing.bytes();
    }

    /** {@return whether there was room for the file} Its numbers must be new. */
    boolean add(LinkedFile file) {
        byte[] packed = packing.write(file);
        if (packed.length > MAX_SHORT || file.missing() > MAX_SHORT
                || chunks.size() >= Integer.MAX_VALUE / CHUNK - 1) {
            return false;
        }
        makeRoom();
        if (used + HEAD + packed.length > CHUNK) {
            chunks.add(new byte[CHUNK]);
            used = 0;
        }
        int place = (chunks.size() - 1) * CHUNK + used;
        setShort(place, packed.length);
        setShort(place + 2, file.missing());
        System.arraycopy(packed, 0, chunks.getLast(), used + HEAD, packed.length);
        used += HEAD + packed.length;
        insert(slots, hash(file.info().dev(), file.info().ino()), place);
        entries++;
        live++;
        return true;
    }

    /** {@return the file with these numbers} */
    @Nullable
    LinkedFile find(long device, long inode) {
        int place = place(device, inode);
        return place < 0
                ? null
                : packing.read(chunks.get(place / CHUNK), place % CHUNK + HEAD, getShort(place + 2));
    }

    /** Note that one missing name of a file has come. */
    void countDown(long device, long inode) {
        int place = place(device, inode);
        if (place >= 0) {
            setMissing(place, getShort(place + 2) - 1);
        }
    }

    void remove(long device, long inode) {
        int place = place(device, inode);
        if (place >= 0) {
            setMissing(place, 0);
        }
    }

    private void setMissing(int place, int missing) {
        setShort(place + 2, missing);
        if (missing == 0 && --live == 0) {
            clear();
        }
    }

    private void clear() {
        packing = new PackedLink();
        chunks = new ArrayList<>();
        used = CHUNK;
        slots = new int[FIRST_SLOTS];
        entries = 0;
    }

    private int place(long device, long inode) {
        int slot = (int) hash(device, inode) & slots.length - 1;
        while (slots[slot] != FREE) {
            int place = slots[slot] - 1;
            if (getShort(place + 2) > 0
                    && packing.has(chunks.get(place / CHUNK), place % CHUNK + HEAD, device, inode)) {
                return place;
            }
            slot = slot + 1 & slots.length - 1;
        }
        return -1;
    }

    /** Remove files whose names have all come, once there are as many of them as of others. */
    private void makeRoom() {
        if (entries < slots.length / 2) {
            return;
        }
        if (entries - live > live) {
            rebuild();
            return;
        }
        int[] larger = new int[slots.length * 2];
        for (int i = 0; i < chunks.size(); i++) {
            forEach(i, (file, place) -> insert(larger, hash(file.info().dev(), file.info().ino()), place));
        }
        slots = larger;
        entries = live;
    }

    private void rebuild() {
        PackedLinks fresh = new PackedLinks();
        for (int i = 0; i < chunks.size(); i++) {
            forEach(i, (file, place) -> fresh.add(file));
            chunks.set(i, new byte[0]); // so that the table is never in memory twice
        }
        packing = fresh.packing;
        chunks = fresh.chunks;
        used = fresh.used;
        slots = fresh.slots;
        entries = fresh.entries;
        live = fresh.live;
    }

    private interface Action {
        void on(LinkedFile file, int place);
    }

    private void forEach(int chunk, Action action) {
        int end = chunk == chunks.size() - 1 ? used : CHUNK;
        int at = 0;
        while (at + HEAD <= end && getShort(chunk * CHUNK + at) > 0) {
            int missing = getShort(chunk * CHUNK + at + 2);
            if (missing > 0) {
                action.on(packing.read(chunks.get(chunk), at + HEAD, missing), chunk * CHUNK + at);
            }
            at += HEAD + getShort(chunk * CHUNK + at);
        }
    }

    private static void insert(int[] table, long hash, int place) {
        int slot = (int) hash & table.length - 1;
        while (table[slot] != FREE) {
            slot = slot + 1 & table.length - 1;
        }
        table[slot] = place + 1;
    }

    private static long hash(long device, long inode) {
        return (device * 0x9E37_79B9_7F4A_7C15L ^ inode * 0xC2B2_AE3D_27D4_EB4FL) >>> Integer.SIZE;
    }

    private int getShort(int place) {
        byte[] chunk = chunks.get(place / CHUNK);
        int at = place % CHUNK;
        return (chunk[at] & 0xFF) << 8 | chunk[at + 1] & 0xFF;
    }

    private void setShort(int place, int value) {
        byte[] chunk = chunks.get(place / CHUNK);
        int at = place % CHUNK;
        chunk[at] = (byte) (value >>> 8);
        chunk[at + 1] = (byte) value;
    }
}
