package dev.kloset.wire.stdio;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The terminal at which a person sees both the host's output and this process's standard error. Only Linux shows enough of it; on
 * other systems nothing is known.
 */
public final class HostTerminal {

    /** With these, Plakar prints lines at a terminal instead of drawing a picture that it keeps redrawing. */
    private static final List<String> LINES = List.of("-stdio", "--stdio", "-trace", "--trace");

    /** With these, it prints nothing, and its user wants to read nothing. */
    private static final List<String> SILENCE = List.of("-quiet", "--quiet", "-silent", "--silent");

    /** How to write progress there. */
    public enum Manner {
        /** Line by line. */
        LINES,
        /** Below the picture that the host keeps redrawing, without moving its cursor: a line would shift every later picture. */
        BELOW_PICTURE,
        /** Not at all. */
        NONE
    }

    private HostTerminal() {}

    /** {@return how to write progress to standard error so that a person can read it} */
    public static Manner manner() {
        Path process = Path.of("/proc");
        return ProcessHandle.current()
                .parent()
                .map(parent -> manner(process.resolve("self"), process.resolve(Long.toString(parent.pid()))))
                .orElse(Manner.NONE);
    }

    /** Decide for these two directories below {@code /proc}. */
    static Manner manner(Path plugin, Path host) {
        List<String> words = words(host);
        if (!isTerminal(plugin.resolve("fd/2")) || words.stream().anyMatch(SILENCE::contains)) {
            return Manner.NONE;
        }
        return !isTerminal(host.resolve("fd/1")) || words.stream().anyMatch(HostTerminal::asksForLines)
                ? Manner.LINES
                : Manner.BELOW_PICTURE;
    }

    private static boolean asksForLines(String word) {
        return LINES.stream().anyMatch(option -> word.equals(option) || word.startsWith(option + "="));
    }

    private static boolean isTerminal(Path descriptor) {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** {@return the words of the host's command line} They are looked for, never shown: some may be passwords. */
    private static List<String> words(Path host) {
        try {
            return List.of(Files.readString(host.resolve("cmdline"), StandardCharsets.ISO_8859_1).split("\0", -1));
        } catch (IOException e) {
            return List.of();
        }
    }
}
