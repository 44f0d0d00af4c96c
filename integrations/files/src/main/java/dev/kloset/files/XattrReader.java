package dev.kloset.files;

import dev.kloset.Content;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Extended attributes of all namespaces that the system shows to this user. Where the system has none, or native calls are
 * not allowed to this process, files simply have no attributes. Safe for any number of threads.
 */
final class XattrReader {

    private final boolean wanted;

    XattrReader(boolean wanted) {
        this.wanted = wanted;
    }

    /** {@return the names of the attributes of {@code path} itself, in bytes} */
    List<byte[]> list(Path path) throws IOException {
        if (!wanted) {
            return List.of();
        }
        byte[] names = SystemCalls.available() ? XattrLinux.list(WalkName.bytes(path)) : listElsewhere(path);
        return names.length == 0 ? List.of() : split(names);
    }

    private static byte[] listElsewhere(Path path) throws IOException {
        return XattrCalls.Lazy.CALLS == null ? new byte[0] : XattrCalls.Lazy.CALLS.list(WalkName.bytes(path));
    }

    /** {@return the value of an attribute, read when it is opened} */
    Content content(Path path, String name) {
        return () -> {
            if (SystemCalls.available()) {
                return new ByteArrayInputStream(
                        XattrLinux.value(WalkName.bytes(path), name.getBytes(StandardCharsets.UTF_8)));
            }
            if (XattrCalls.Lazy.CALLS == null) {
                throw new IOException("this process cannot read extended attributes");
            }
            byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
            return new ByteArrayInputStream(XattrCalls.Lazy.CALLS.value(WalkName.bytes(path), nameBytes));
        };
    }

    /** The system ends each name with a zero. */
    private static List<byte[]> split(byte[] names) {
        List<byte[]> list = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < names.length; i++) {
            if (names[i] == 0) {
                list.add(Arrays.copyOfRange(names, start, i));
                start = i + 1;
            }
        }
        return list;
    }
}
