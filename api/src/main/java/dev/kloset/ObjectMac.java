package dev.kloset;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** The 32 bytes that name an object in a repository. */
public final class ObjectMac implements Comparable<ObjectMac> {

    /** Bytes in a MAC: the length of a SHA-256 or BLAKE3 digest, fixed by Kloset. */
    public static final int BYTES = 32;

    private final long a;
    private final long b;
    private final long c;
    private final long d;

    private ObjectMac(ByteBuffer bytes) {
        this.a = bytes.getLong();
        this.b = bytes.getLong();
        this.c = bytes.getLong();
        this.d = bytes.getLong();
    }

    /**
     * {@return the MAC with these bytes}
     *
     * @throws IllegalArgumentException unless there are exactly 32
     */
    public static ObjectMac of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a MAC has " + BYTES + " bytes, not " + bytes.length);
        }
        return new ObjectMac(ByteBuffer.wrap(bytes));
    }

    /**
     * {@return the MAC written as 64 hexadecimal digits}
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static ObjectMac fromHex(String digits) {
        return of(HexFormat.of().parseHex(digits));
    }

    /** {@return a copy of the 32 bytes} */
    public byte[] bytes() {
        return ByteBuffer.allocate(BYTES).putLong(a).putLong(b).putLong(c).putLong(d).array();
    }

    /** {@return 64 lower-case hexadecimal digits} */
    public String hex() {
        HexFormat format = HexFormat.of();
        return format.toHexDigits(a) + format.toHexDigits(b) + format.toHexDigits(c) + format.toHexDigits(d);
    }

    @Override
    public int compareTo(ObjectMac other) {
        int order = Long.compareUnsigned(a, other.a);
        if (order == 0) {
            order = Long.compareUnsigned(b, other.b);
        }
        if (order == 0) {
            order = Long.compareUnsigned(c, other.c);
        }
        return order == 0 ? Long.compareUnsigned(d, other.d) : order;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ObjectMac mac && a == mac.a && b == mac.b && c == mac.c && d == mac.d;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(a ^ Long.rotateLeft(b, 16) ^ Long.rotateLeft(c, 32) ^ Long.rotateLeft(d, 48));
    }

    @Override
    public String toString() {
        return hex();
    }
}
