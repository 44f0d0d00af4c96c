package dev.kloset.files.restore.node;

/**
 * A set of paths for restores of many millions of them. It keeps a hash of 64 bits of each, so a path takes some 16 to 32
 * bytes, and two paths could be confused once in many billion restores. For one thread.
 */
public final class RestorePathSet {

    private static final int FIRST_SLOTS = 1024;
    private static final long FREE = 0;
    // <http://www.isthe.com/chongo/tech/comp/fnv>: the parameters of FNV-1a with 64 bits
    private static final long BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private long[] slots = new long[FIRST_SLOTS];
    private int count;

    public void add(String pathname) {
        add(hash(pathname));
    }

    /** Add an element, given as 64 well-mixed bits. */
    void add(long bits) {
        if (count >= slots.length / 2) {
            grow();
        }
        long hash = bits == FREE ? BASIS : bits;
        int slot = slot(slots, hash);
        if (slots[slot] == FREE) {
            slots[slot] = hash;
            count++;
        }
    }

    public boolean contains(String pathname) {
        return contains(hash(pathname));
    }

    boolean contains(long bits) {
        return slots[slot(slots, bits == FREE ? BASIS : bits)] != FREE;
    }

    private void grow() {
        long[] larger = new long[slots.length * 2];
        for (long hash : slots) {
            if (hash != FREE) {
                larger[slot(larger, hash)] = hash;
            }
        }
        slots = larger;
    }

    /** {@return the position of {@code hash}, or the free position for it} */
    private static int slot(long[] slots, long hash) {
        int slot = (int) (hash >>> Integer.SIZE) & (slots.length - 1);
        while (slots[slot] != FREE && slots[slot] != hash) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private static long hash(String pathname) {
        long hash = BASIS;
        for (int i = 0; i < pathname.length(); i++) {
            hash = (hash ^ pathname.charAt(i)) * PRIME;
        }
        return hash;
    }
}
