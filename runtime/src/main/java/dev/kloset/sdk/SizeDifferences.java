package dev.kloset.sdk;

import java.lang.System.Logger.Level;

/**
 * Warns of contents that are shorter or longer than their records said. A file that is written to meanwhile may be; a connector
 * that loses bytes looks the same, and the host notices neither. A source with many of them gets some lines, and a sum at the end.
 */
final class SizeDifferences {

    private static final int LINES = 10;

    private long count; // guarded by this

    /** A content of {@code sent} bytes has gone to the host instead of {@code announced}. */
    void add(String pathname, long announced, long sent) {
        Observers.sizeDiffers(pathname, announced, sent);
        synchronized (this) {
            count++;
            if (count > LINES) {
                return;
            }
        }
        warn(pathname + " was announced with " + bytes(announced) + ", and read with " + bytes(sent)
                + ": unless it changed meanwhile, the importer is wrong about its size or has lost a part");
    }

    private static String bytes(long number) {
        return number + (number == 1 ? " byte" : " bytes");
    }

    /** An import is over. */
    void sumUp() {
        long more;
        synchronized (this) {
            more = count - LINES;
            count = 0;
        }
        if (more > 0) {
            warn(more + (more == 1 ? " more file was" : " more files were")
                    + " read with another size than announced");
        }
    }

    private static void warn(String sentence) {
        System.getLogger("dev.kloset.sdk").log(Level.WARNING, sentence);
    }
}
