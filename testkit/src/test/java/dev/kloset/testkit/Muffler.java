package dev.kloset.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Removes the message from every status by giving the field another name of the same length. */
public final class Muffler extends OutputStream {

    private static final byte[] NAME = "grpc-message".getBytes(StandardCharsets.US_ASCII);
    private final OutputStream out;

    public Muffler(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
        for (int i = 0; i + NAME.length <= copy.length; i++) {
            if (Arrays.equals(copy, i, i + NAME.length, NAME, 0, NAME.length)) {
                copy[i + NAME.length - 1] = 'z';
            }
        }
        out.write(copy);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
