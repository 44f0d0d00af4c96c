package dev.kloset.sdk.internal.observe;

import java.lang.System.Logger.Level;

/**
 * Warns of contents that are shorter or longer than their records said. That is normal for a file that is being written to; a
 * connector that loses bytes looks the same, and the host notices neither. A source with many such files gets some lines, and a
 * total at the end.
 */
public final class SizeDifferences {

    private static final int LINES = 10;

    private final Observers observers;
    private long count; // guarded by this

    public SizeDifferences(Observers observers) {
        this.observers = observers;
    }

    /** A content of {@code sent} bytes has gone to the host instead of {@code announced}. */
    public void add(String pathname, long announced, long sent) {
        observers.sizeDiffers(pathname, announced, sent);
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

    /** The import is over. */
    public void sumUp() {
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
