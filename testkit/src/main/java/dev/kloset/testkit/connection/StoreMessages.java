package dev.kloset.testkit.connection;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Messages for a store, including some that no well-behaved host would send. */
public final class StoreMessages {

    public static final int PACKFILE = 1;
    public static final int STATE = 2;
    public static final int LOCK = 3;
    public static final int MAC_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private StoreMessages() {}

    /** {@return a MAC that no other object has; the run deletes it at the end} */
    public static byte[] mac(CheckContext context) {
        byte[] mac = new byte[MAC_BYTES];
        RANDOM.nextBytes(mac);
        for (int resource = PACKFILE; resource <= LOCK; resource++) {
            context.runContext.stored(resource, mac);
        }
        return mac;
    }

    /** {@return bytes that no compression makes fewer} They need not be hard to guess, so they come from a fast generator. */
    public static byte[] content(int bytes) {
        byte[] content = new byte[bytes];
        ThreadLocalRandom.current().nextBytes(content);
        return content;
    }

    public static ByteBuffer putFirst(int resource, byte[] mac) {
        return object(resource, mac).encode();
    }

    /** {@return the fields that name an object in Put, Get and Delete} */
    public static RawMessageBuilder object(int resource, byte[] mac) {
        return new RawMessageBuilder().bytes(1, mac).number(2, resource);
    }

    public static ByteBuffer chunk(byte[] bytes) {
        return new RawMessageBuilder().bytes(3, bytes).encode();
    }

    static ByteBuffer range(int resource, byte[] mac, long offset, long length) {
        return object(resource, mac).message(3, new RawMessageBuilder().number(1, offset).number(2, length)).encode();
    }

    public static String hex(byte[] mac) {
        return HexFormat.of().formatHex(mac, 0, Math.min(4, mac.length)) + "…";
    }
}
