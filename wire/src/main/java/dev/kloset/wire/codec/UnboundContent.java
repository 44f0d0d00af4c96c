package dev.kloset.wire.codec;

import dev.kloset.Content;
import java.io.IOException;
import java.io.InputStream;

/** Stands in for the content of a received record until the receiver replaces it with the real one. */
record UnboundContent(String what) implements Content {

    @Override
    public InputStream open() throws IOException {
        throw new IOException("the content of " + what + " is not bound");
    }
}
