package dev.kloset.files.posix;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The names of files according to their bytes, whatever the locale of this process.
 *
 * <p>The JDK decodes the bytes of a name by the locale. Under {@code LANG=C} every letter beyond ASCII becomes U+FFFD; bytes
 * that are not UTF-8 do so under any locale. But a {@link Path} from the system keeps its bytes, and a path can be made from
 * any bytes. {@link QuotedName} makes the text of a name.
 */
public final class WalkName {

    private static final boolean NATIVE_NAMES_ARE_UTF8 = Charset
            .forName(System.getProperty("sun.jnu.encoding", "UTF-8"))
            .equals(StandardCharsets.UTF_8);

    private WalkName() {}

    /** {@return the text of the last part of {@code path}; {@code /} for the root} */
    public static String of(Path path) {
        return path.getFileName() == null ? "/" : QuotedName.of(lastBytes(path));
    }

    /** {@return the bytes of the last part of {@code path}, which is not the root} */
    public static byte[] lastBytes(Path path) {
        String text = String.valueOf(path.getFileName());
        return isTrustworthy(text) ? text.getBytes(StandardCharsets.UTF_8) : lastPart(bytes(path.toAbsolutePath()));
    }

    /** {@return the target of a symbolic link, unchanged} It may be relative, unclean or empty. */
    public static byte[] bytesOfTarget(Path target) {
        String text = target.toString();
        if (isTrustworthy(text)) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        byte[] bytes = bytes(target.toAbsolutePath());
        if (target.isAbsolute()) {
            return bytes;
        }
        // The part that toAbsolutePath put in front of a relative target.
        int prefix = bytes(Path.of("").toAbsolutePath()).length;
        return Arrays.copyOfRange(bytes, bytes[prefix] == '/' ? prefix + 1 : prefix, bytes.length);
    }

    /** {@return the bytes of this absolute path in the system} */
    public static byte[] bytes(Path path) {
        String text = path.toString();
        return isTrustworthy(text) ? text.getBytes(StandardCharsets.UTF_8) : rawBytes(path.toUri(), text.endsWith("/"));
    }

    /** {@return the path, or the single name, that has these bytes in the system} */
    public static Path path(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (isTrustworthy(text)) {
            return Path.of(text);
        }
        boolean absolute = bytes[0] == '/';
        StringBuilder escaped = new StringBuilder(absolute ? "file://" : "file:///");
        for (byte b : bytes) {
            if (b == '/') {
                escaped.append('/');
            } else {
                escaped.append('%').append(HexFormat.of().toHexDigits(b));
            }
        }
        Path path = Path.of(URI.create(escaped.toString()));
        return absolute ? path : path.getFileSystem().getRootDirectories().iterator().next().relativize(path);
    }

    /** {@return whether the JDK's text represents the bytes} */
    public static boolean isTrustworthy(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80 && (!NATIVE_NAMES_ARE_UTF8 || c == '\uFFFD')) {
                return false;
            }
        }
        return true;
    }

    /** A path's URI escapes its bytes, not its text. It ends in a slash if there is a directory with that name. */
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
}
