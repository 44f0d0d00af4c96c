package dev.kloset.files;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The name of a file as its bytes say, whatever the locale of this process is.
 *
 * <p>The JDK turns the bytes of a name into text by the locale: under {@code LANG=C} every letter beyond ASCII becomes
 * U+FFFD, and so do bytes that are not UTF-8 under any locale. A listed {@link Path} keeps its bytes, though, so files
 * are always opened through the path that was listed, and only the text is made here.
 *
 * @param text the name; where {@code valid} is false, the bytes that are not UTF-8 are written like {@code \xE9}
 * @param valid whether the bytes are UTF-8, the only names a record can carry
 */
record WalkName(String text, boolean valid) {

    private static final boolean NATIVE_NAMES_ARE_UTF8 = Charset
            .forName(System.getProperty("sun.jnu.encoding", "UTF-8"))
            .equals(StandardCharsets.UTF_8);

    /** {@return the last part of {@code path}; {@code /} for the root} */
    static WalkName of(Path path) {
        Path last = path.getFileName();
        if (last == null) {
            return new WalkName("/", true);
        }
        String text = last.toString();
        return isTrustworthy(text) ? new WalkName(text, true) : ofBytes(lastPart(bytes(path)));
    }

    static WalkName ofBytes(byte[] bytes) {
        String text = utf8(bytes);
        return text == null ? new WalkName(withBytesShown(bytes), false) : new WalkName(text, true);
    }

    /** {@return the target of a symbolic link, verbatim} It may be relative, unclean or empty. */
    static WalkName ofTarget(Path target) {
        String text = target.toString();
        if (isTrustworthy(text)) {
            return new WalkName(text, true);
        }
        byte[] bytes = bytes(target.toAbsolutePath());
        if (!target.isAbsolute()) {
            // What toAbsolutePath put in front of a relative target.
            int prefix = bytes(Path.of("").toAbsolutePath()).length;
            bytes = Arrays.copyOfRange(bytes, bytes[prefix] == '/' ? prefix + 1 : prefix, bytes.length);
        }
        return ofBytes(bytes);
    }

    /** {@return the bytes by which the system knows this absolute path} */
    static byte[] bytes(Path path) {
        String text = path.toString();
        return isTrustworthy(text) ? text.getBytes(StandardCharsets.UTF_8) : rawBytes(path.toUri(), text.endsWith("/"));
    }

    /** {@return whether the JDK's text is what the bytes say} */
    static boolean isTrustworthy(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80 && (!NATIVE_NAMES_ARE_UTF8 || c == '\uFFFD')) {
                return false;
            }
        }
        return true;
    }

    /** A path's URI escapes its bytes, not its text. It gets a slash if there is a directory of that name. */
    private static byte[] rawBytes(URI uri, boolean endsWithSlash) {
        String escaped = uri.getRawPath();
        int end = escaped.length();
        if (end > 1 && escaped.charAt(end - 1) == '/' && !endsWithSlash) {
            end--;
        }
        ByteBuffer bytes = ByteBuffer.allocate(end);
        for (int i = 0; i < end; i++) {
            if (escaped.charAt(i) == '%') {
                bytes.put((byte) HexFormat.fromHexDigits(escaped, i + 1, i + 3));
                i += 2;
            } else {
                bytes.put((byte) escaped.charAt(i));
            }
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private static byte[] lastPart(byte[] path) {
        int start = path.length;
        while (start > 0 && path[start - 1] != '/') {
            start--;
        }
        return Arrays.copyOfRange(path, start, path.length);
    }

    private static @Nullable String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static String withBytesShown(byte[] bytes) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < bytes.length;) {
            int length = characterLength(bytes, i);
            if (length == 0) {
                shown.append("\\x").append(HexFormat.of().withUpperCase().toHexDigits(bytes[i++]));
            } else {
                shown.append(new String(bytes, i, length, StandardCharsets.UTF_8));
                i += length;
            }
        }
        return shown.toString();
    }

    /** {@return how many bytes the character at {@code start} takes, or 0 if there is none} */
    private static int characterLength(byte[] bytes, int start) {
        for (int length = 1; length <= 4 && start + length <= bytes.length; length++) {
            if (utf8(Arrays.copyOfRange(bytes, start, start + length)) != null) {
                return length;
            }
        }
        return 0;
    }
}
