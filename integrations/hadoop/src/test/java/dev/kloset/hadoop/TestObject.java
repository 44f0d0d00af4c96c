package dev.kloset.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.ObjectMac;
import dev.kloset.StorageResource;
import dev.kloset.Store;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Random;

/** Objects whose MAC tells their bytes, so that each reader knows whether one is whole. */
public final class TestObject {

    private static final int LARGEST = 3 << 20;

    private TestObject() {}

    /** {@return the MAC of the object with this number} */
    public static ObjectMac mac(long number) {
        byte[] bytes = new byte[ObjectMac.BYTES];
        new Random(number).nextBytes(bytes);
        ByteBuffer.wrap(bytes).putLong(8, number);
        return ObjectMac.of(bytes);
    }

    /** {@return its bytes, up to 3 MiB} */
    public static byte[] bytes(ObjectMac mac) {
        Random random = new Random(ByteBuffer.wrap(mac.bytes()).getLong(8));
        byte[] bytes = new byte[random.nextInt(LARGEST)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Store it as a packfile. */
    public static void put(Store store, ObjectMac mac) throws Exception {
        byte[] bytes = bytes(mac);
        assertThat(store.put(StorageResource.PACKFILE, mac, new ByteArrayInputStream(bytes))).isEqualTo(bytes.length);
    }

    /** Fail unless every packfile of the store is whole. */
    public static void requireWhole(Store store) throws Exception {
        for (ObjectMac mac : store.list(StorageResource.PACKFILE)) {
            try (InputStream in = store.get(StorageResource.PACKFILE, mac, null)) {
                assertThat(in.readAllBytes()).as("packfile " + mac).isEqualTo(bytes(mac));
            }
        }
    }
}
