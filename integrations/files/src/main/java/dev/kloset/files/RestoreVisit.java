package dev.kloset.files;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A directory in which the restore works. When the walk has left it and no worker has a file in it any more, what is to be
 * done last is done, by whoever was the last. For any number of threads.
 */
final class RestoreVisit {

    private final String pathname;
    private final Runnable settle;
    private final AtomicInteger users = new AtomicInteger(1);

    /** Begin a visit that ends with {@code settle}, which must not throw. */
    RestoreVisit(String pathname, Runnable settle) {
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

    RestoreVisit hold() {
        users.incrementAndGet();
        return this;
    }

    void release() {
        if (users.decrementAndGet() == 0) {
            settle.run();
        }
    }
}
