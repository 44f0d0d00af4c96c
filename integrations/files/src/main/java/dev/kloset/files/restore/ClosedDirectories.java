package dev.kloset.files.restore;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ObjIntConsumer;

/**
 * Directories that their owner may not write or enter, in the order in which they were made. At the end they are closed in the
 * opposite order, because nothing below a closed directory can be reached. An ordinary user may have a million of them, so each
 * path takes only the bytes in which it differs from the one before. For one thread.
 */
final class ClosedDirectories {

    private static final int BLOCK_ENTRIES = 4096;

    private final List<byte[]> blocks = new ArrayList<>();
    private final ByteArrayOutputStream block = new ByteArrayOutputStream();
    private byte[] last = {};
    private int entries;

    /** Add a directory and the rights that its owner will have. */
    void add(String pathname, int ownerRights) {
        byte[] path = pathname.getBytes(StandardCharsets.UTF_8);
        int mismatch = Arrays.mismatch(last, path);
        int common = mismatch < 0 ? path.length : mismatch;
        block.write(ownerRights);
        writeNumber(common);
        writeNumber(path.length - common);
        block.write(path, common, path.length - common);
        last = path;
        if (++entries == BLOCK_ENTRIES) {
            endBlock();
        }
    }

    private void writeNumber(int number) {
        int rest = number;
        while (rest > 0x7F) {
            block.write(rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        block.write(rest);
    }

    private void endBlock() {
        blocks.add(block.toByteArray());
        block.reset();
        last = new byte[0];
        entries = 0;
    }

    /** Remove all directories, the last one first, and pass each to {@code action}. */
    void drain(ObjIntConsumer<String> action) {
        endBlock();
        while (!blocks.isEmpty()) {
            List<byte[]> paths = new ArrayList<>();
            List<Integer> rights = new ArrayList<>();
            read(blocks.removeLast(), paths, rights);
            for (int i = paths.size() - 1; i >= 0; i--) {
                action.accept(new String(paths.get(i), StandardCharsets.UTF_8), rights.get(i));
            }
        }
    }

    private static void read(byte[] bytes, List<byte[]> paths, List<Integer> rights) {
        byte[] path = {};
        int at = 0;
        while (at < bytes.length) {
            rights.add((int) bytes[at++]);
            int[] numbers = new int[2];
            for (int i = 0; i < numbers.length; i++) {
                int shift = 0;
                while (bytes[at] < 0) {
                    numbers[i] |= (bytes[at++] & 0x7F) << shift;
                    shift += 7;
                }
                numbers[i] |= bytes[at++] << shift;
            }
            path = Arrays.copyOf(path, numbers[0] + numbers[1]);
            System.arraycopy(bytes, at, path, numbers[0], numbers[1]);
            at += numbers[1];
            paths.add(path);
        }
    }
}
