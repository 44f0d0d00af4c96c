package dev.kloset.files.restore;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A directory in which the restore works. When the walk has left it and no worker still has a file in it, the last thread
 * involved does the final work on it. Safe for any number of threads.
 */
final class RestoreVisit {

    private final String pathname;
    private final Settlement settle;
    private final AtomicInteger users = new AtomicInteger(1);
    private final Map<String, byte[]> lists = new LinkedHashMap<>(2); // guarded by itself

    /** The final work on the directory; it must not throw. */
    @FunctionalInterface
    interface Settlement {
        /**
         * @param lists the access lists for the directory, by attribute
         */
        void settle(Map<String, byte[]> lists);
    }

    /** Begin a visit that ends with {@code settle}, which must not throw. */
    RestoreVisit(String pathname, Settlement settle) {
        this.pathname = pathname;
        this.settle = settle;
    }

    /** {@return whether {@code other} is below this directory} */
    boolean isAbove(String other) {
        return pathname.equals("/")
                ? other.length() > 1
                : other.length() > pathname.length() && other.startsWith(pathname)
                        && other.charAt(pathname.length()) == '/';
    }

    boolean isAt(String other) {
        return pathname.equals(other);
    }

    /** Keep an access list for the end: it might lock us out, and new entries would inherit it. */
    void postpone(String attribute, byte[] list) {
        synchronized (lists) {
            lists.put(attribute, list);
        }
    }

    /** {@return the postponed access lists, by attribute} */
    Map<String, byte[]> lists() {
        synchronized (lists) {
            return Map.copyOf(lists);
        }
    }

    RestoreVisit hold() {
        users.incrementAndGet();
        return this;
    }

    void release() {
        if (users.decrementAndGet() == 0) {
            settle.settle(lists());
        }
    }
}
