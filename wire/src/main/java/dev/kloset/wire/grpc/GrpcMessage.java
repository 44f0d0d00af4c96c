package dev.kloset.wire.grpc;

import java.nio.charset.StandardCharsets;

/** Texts of statuses in a header field: UTF-8, with {@code %XX} for what is not printable ASCII. */
public final class GrpcMessage {

    private static final String HEX = "0123456789ABCDEF";

    private GrpcMessage() {}

    /** {@return the text for the wire, cut after a whole character if it would be longer than {@code maxLength}} */
    static String encode(String text, int maxLength) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length();) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            int before = encoded.length();
            append(encoded, c);
            if (encoded.length() > maxLength) {
                encoded.setLength(before);
                break;
            }
        }
        return encoded.toString();
    }

    private static void append(StringBuilder encoded, int c) {
        if (c >= ' ' && c < 0x7F && c != '%') {
            encoded.append((char) c);
            return;
        }
        for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
            encoded.append('%').append(HEX.charAt(b >> 4 & 0xF)).append(HEX.charAt(b & 0xF));
        }
    }

    /** {@return the text of a field} What is not properly encoded is taken as it is. */
    public static String decode(String field) {
        byte[] bytes = new byte[field.length()];
        int length = 0;
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == '%' && i + 2 < field.length() && digit(field, i + 1) >= 0 && digit(field, i + 2) >= 0) {
                bytes[length++] = (byte) (digit(field, i + 1) << 4 | digit(field, i + 2));
                i += 2;
            } else {
                bytes[length++] = (byte) c;
            }
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private static int digit(String field, int at) {
        return Character.digit(field.charAt(at), 16);
    }
}
