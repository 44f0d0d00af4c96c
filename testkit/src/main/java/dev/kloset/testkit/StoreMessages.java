package dev.kloset.testkit;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Messages for a store, also such as no decent host would send. */
final class StoreMessages {

    static final int PACKFILE = 1;
    static final int STATE = 2;
    static final int LOCK = 3;
    static final int MAC_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private StoreMessages() {}

    /** {@return a MAC that nobody else has, remembered to be deleted at the end} */
    static byte[] mac(Bench bench) {
        byte[] mac = new byte[MAC_BYTES];
        RANDOM.nextBytes(mac);
        for (int resource = PACKFILE; resource <= LOCK; resource++) {
            bench.ground.stored(resource, mac);
        }
        return mac;
    }

    static byte[] content(int bytes) {
        byte[] content = new byte[bytes];
        RANDOM.nextBytes(content);
        return content;
    }

    static ByteBuffer putFirst(int resource, byte[] mac) {
        return object(resource, mac).encode();
    }

    /** {@return what names an object in Put, Get and Delete} */
    static Message object(int resource, byte[] mac) {
        return new Message().bytes(1, mac).number(2, resource);
    }

    static ByteBuffer chunk(byte[] bytes) {
        return new Message().bytes(3, bytes).encode();
    }

    static ByteBuffer range(int resource, byte[] mac, long offset, long length) {
        return object(resource, mac).message(3, new Message().number(1, offset).number(2, length)).encode();
    }

    static String hex(byte[] mac) {
        return HexFormat.of().formatHex(mac, 0, Math.min(4, mac.length)) + "…";
    }
}
