package dev.kloset.wire.codec;

import java.util.Arrays;
import java.util.Random;

/** Small damage to encoded messages, of the kinds that trip decoders. */
public final class Mutations {

    private static final int[] INTERESTING = { 0x00, 0x01, 0x07, 0x0A, 0x0B, 0x0C, 0x12, 0x7F, 0x80, 0xFF, 0xED, 0xC0 };

    private final Random random;

    public Mutations(Random random) {
        this.random = random;
    }

    public byte[] of(byte[] message) {
        byte[] mutated = message;
        for (int i = random.nextInt(3); i >= 0; i--) {
            mutated = once(mutated);
        }
        return mutated;
    }

    private byte[] once(byte[] message) {
        int at = random.nextInt(message.length + 1);
        int length = random.nextInt(1 + Math.min(16, message.length - at));
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(message, at); // truncate
            case 1 -> flip(message, at);
            case 2 -> replace(message, at, 0, interesting()); // insert
            case 3 -> replace(message, at, length, new byte[0]); // remove
            case 4 -> replace(message, at, 0, Arrays.copyOfRange(message, at, at + length)); // duplicate
            default -> replace(message, message.length, 0, message); // everything twice: embedded messages merge
        };
    }

    private byte[] flip(byte[] message, int at) {
        byte[] copy = message.clone();
        if (at < copy.length) {
            copy[at] ^= (byte) (1 << random.nextInt(8));
        }
        return copy;
    }

    private byte[] interesting() {
        byte[] bytes = new byte[1 + random.nextInt(random.nextInt(8) == 0 ? 11 : 2)];
        boolean same = random.nextBoolean();
        byte one = (byte) INTERESTING[random.nextInt(INTERESTING.length)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = same ? one : (byte) INTERESTING[random.nextInt(INTERESTING.length)];
        }
        return bytes;
    }

    private static byte[] replace(byte[] message, int at, int removed, byte[] inserted) {
        byte[] result = new byte[message.length - removed + inserted.length];
        System.arraycopy(message, 0, result, 0, at);
        System.arraycopy(inserted, 0, result, at, inserted.length);
        System.arraycopy(message, at + removed, result, at + inserted.length, message.length - at - removed);
        return result;
    }
}
