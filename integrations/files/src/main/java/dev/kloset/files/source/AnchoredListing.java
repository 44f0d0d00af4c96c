package dev.kloset.files.source;

import dev.kloset.files.posix.OwnerNames;
import dev.kloset.files.posix.SourceCalls;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The entries of an open directory, some hundreds per system call. */
public final class AnchoredListing extends SourceListing {

    // struct linux_dirent64 of <linux/dirent.h>
    private static final int LENGTH = 16;
    private static final int TYPE = 18;
    private static final int NAME = 19;
    // <dirent.h>
    private static final int DT_DIR = 4;

    private final SourceCalls calls;
    private final OwnerNames owners;
    private final int descriptor;
    private ByteBuffer entries = ByteBuffer.allocate(0);
    private boolean begun;

    public AnchoredListing(SourceCalls calls, OwnerNames owners, int descriptor) {
        this.calls = calls;
        this.owners = owners;
        this.descriptor = descriptor;
    }

    @Override
    public @Nullable Entry next() throws IOException {
        while (true) {
            if (!entries.hasRemaining()) {
                entries = ByteBuffer.wrap(more()).order(ByteOrder.nativeOrder());
                if (!entries.hasRemaining()) {
                    return null;
                }
            }
            int at = entries.position();
            entries.position(at + Short.toUnsignedInt(entries.getShort(at + LENGTH)));
            byte[] name = name(at + NAME);
            if (!isDots(name)) {
                return new Entry(name, entries.get(at + TYPE) == DT_DIR);
            }
        }
    }

    /**
     * {@return the next entries} If a directory is removed while it is read, it is at its end. If it was removed before, it has
     * not been read at all.
     */
    private byte[] more() throws IOException {
        try {
            byte[] next = calls.entries(descriptor);
            begun = true;
            return next;
        } catch (NoSuchFileException e) {
            if (begun) {
                return new byte[0];
            }
            throw e;
        }
    }

    private byte[] name(int start) {
        byte[] array = entries.array();
        int end = start;
        while (array[end] != 0) {
            end++;
        }
        return Arrays.copyOfRange(array, start, end);
    }

    private static boolean isDots(byte[] name) {
        return name[0] == '.' && (name.length == 1 || name.length == 2 && name[1] == '.');
    }

    @Override
    public SourceFile file(byte[] name) {
        return AnchoredFile.entry(calls, owners, descriptor, name);
    }

    @Override
    public void close() {
        calls.close(descriptor);
    }
}
