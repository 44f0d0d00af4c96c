package dev.kloset.wire.frame;

/** Any bytes as header blocks, one after the other through one table: they give fields, or an intended error. */
public final class HpackFuzz {

    private HpackFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        HpackDecoder decoder = new HpackDecoder(8192);
        try {
            for (int at = 0; at < data.length;) {
                int length = Math.min(data[at] & 0xFF, data.length - at - 1);
                Headers headers = decoder.decode(data, at + 1, length);
                HeaderRules.requestFault(headers);
                HeaderRules.responseFault(headers);
                HeaderRules.trailersFault(headers);
                HeaderRules.contentLength(headers);
                at += 1 + length;
            }
        } catch (ConnectionError e) {
            if (e.getMessage() == null) {
                throw new IllegalStateException("an error without a sentence", e);
            }
        }
    }
}
