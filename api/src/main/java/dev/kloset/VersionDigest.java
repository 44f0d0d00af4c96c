package dev.kloset;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digest of the parts of a version. Backups of other releases are compared with it, so it must never change. */
final class VersionDigest {

    private VersionDigest() {}

    /** {@return at least 16 bytes; the first eight are not all zero, nor are the next eight} */
    static byte[] of(byte[]... parts) {
        if (parts.length == 0) {
            throw new IllegalArgumentException("nothing identifies this version");
        }
        MessageDigest digest = sha256();
        for (byte[] part : parts) {
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).flip());
            digest.update(part);
        }
        byte[] bytes = digest.digest();
        // To a host, a zero means that there is no such number.
        bytes[7] = (byte) (bytes[7] | 1);
        bytes[15] = (byte) (bytes[15] | 1);
        return bytes;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
