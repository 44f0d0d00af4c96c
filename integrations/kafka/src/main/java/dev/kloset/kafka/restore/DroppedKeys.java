package dev.kloset.kafka.restore;

import dev.kloset.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keys whose records are left out. */
record DroppedKeys(Set<ByteBuffer> keys) {

    static final DroppedKeys NONE = new DroppedKeys(Set.of());

    private static final int MOST_BYTES = 8 << 20;
    private static final String HEX = "0x";

    /** {@return the keys in a file: one a line, as text in UTF-8 or as 0x and hexadecimal digits; empty lines are no keys} */
    static DroppedKeys read(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        }
        if (bytes.length > MOST_BYTES) {
            throw new ConfigException("the file of the setting \"drop_keys\" has more than " + MOST_BYTES + " bytes");
        }
        Set<ByteBuffer> keys = new HashSet<>();
        int number = 0;
        for (String line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
            number++;
            if (!line.isEmpty()) {
                keys.add(ByteBuffer.wrap(key(line, number)));
            }
        }
        return new DroppedKeys(Set.copyOf(keys));
    }

    private static byte[] key(String line, int number) throws ConfigException {
        if (!line.startsWith(HEX)) {
            return line.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return HexFormat.of().parseHex(line.substring(HEX.length()));
        } catch (IllegalArgumentException _) {
            throw new ConfigException("line " + number
                    + " in the file of the setting \"drop_keys\" begins with 0x and has no bytes in hexadecimal digits");
        }
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    boolean contains(byte @Nullable [] key) {
        return key != null && !keys.isEmpty() && keys.contains(ByteBuffer.wrap(key));
    }
}
