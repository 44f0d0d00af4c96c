package dev.kloset.wire.frame;

import org.jspecify.annotations.Nullable;

/** The rules of RFC 9113, section 8, for header lists. A list that breaks a rule breaks only its stream. */
public final class HeaderRules {

    /** A content-length that is not a number. */
    public static final long BAD_LENGTH = -2;
    static final long NO_LENGTH = -1;

    private HeaderRules() {}

    /** {@return what is wrong with a request, or null} */
    public static @Nullable String requestFault(Headers headers) {
        String fault = fault(headers, true, false);
        if (fault != null) {
            return fault;
        }
        boolean connect = "CONNECT".equals(headers.first(":method"));
        if (headers.first(":method") == null || !connect && headers.first(":scheme") == null) {
            return "a request without :method or :scheme";
        }
        String path = headers.first(":path");
        return connect || path != null && !path.isEmpty() ? null : "a request without :path";
    }

    /** {@return what is wrong with an answer, or null} */
    public static @Nullable String responseFault(Headers headers) {
        String fault = fault(headers, false, false);
        return fault != null || headers.first(":status") != null ? fault : "an answer without :status";
    }

    /** {@return what is wrong with trailers, or null} */
    public static @Nullable String trailersFault(Headers headers) {
        return fault(headers, false, true);
    }

    private static @Nullable String fault(Headers headers, boolean request, boolean trailers) {
        boolean regularSeen = false;
        for (int i = 0; i < headers.size(); i++) {
            String name = headers.name(i);
            String fault;
            if (name.startsWith(":")) {
                fault = trailers || regularSeen ? "a misplaced " + name : pseudoFault(headers, i, request);
            } else {
                regularSeen = true;
                fault = fieldFault(name, headers.value(i));
            }
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    private static @Nullable String pseudoFault(Headers headers, int index, boolean request) {
        String name = headers.name(index);
        boolean known = switch (name) {
            case ":method", ":scheme", ":path", ":authority" -> request;
            case ":status" -> !request;
            default -> false;
        };
        if (!known) {
            return "an unknown " + name;
        }
        for (int i = 0; i < index; i++) {
            if (headers.name(i).equals(name)) {
                return "a second " + name;
            }
        }
        return null;
    }

    private static @Nullable String fieldFault(String name, String value) {
        if (!isToken(name) || !isText(value)) {
            return "a header field with forbidden characters";
        }
        return switch (name) {
            case "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade" ->
                "the field " + name + " of HTTP/1";
            case "te" -> value.equals("trailers") ? null : "a te field other than trailers";
            default -> null;
        };
    }

    private static boolean isToken(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c <= ' ' || c >= 0x7F || c == ':' || c >= 'A' && c <= 'Z') {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static boolean isText(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == 0 || c == '\r' || c == '\n') {
                return false;
            }
        }
        return true;
    }

    /** {@return the announced length of the content, {@link #NO_LENGTH} or {@link #BAD_LENGTH}} */
    public static long contentLength(Headers headers) {
        String text = headers.first("content-length");
        if (text == null) {
            return NO_LENGTH;
        }
        try {
            long length = Long.parseLong(text);
            return length < 0 ? BAD_LENGTH : length;
        } catch (NumberFormatException _) {
            return BAD_LENGTH;
        }
    }
}
