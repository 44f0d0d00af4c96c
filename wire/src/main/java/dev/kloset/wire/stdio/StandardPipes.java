package dev.kloset.wire.stdio;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The two pipes to the host, out of reach of all other code in this process.
 *
 * <p>One stray byte on the protocol kills the connection. The launcher script therefore moves the pipes to other descriptors
 * before Java starts and names these in {@value #PIPES_PROPERTY}; what the JVM, native code or a child process writes to
 * descriptor 1 then ends up on standard error. Without the launcher the streams of {@link System} are swapped, which guards
 * against Java code only.
 */
public final class StandardPipes {

    /** Set by the launcher: the descriptors of the two pipes, such as {@code 3,4}. */
    static final String PIPES_PROPERTY = "kloset.pipes";

    /** Set by the launcher if standard input was a terminal: then a person started the plugin, not a host. */
    static final String TERMINAL_PROPERTY = "kloset.terminal";

    /** Set by the launcher instead of the pipes: which of the two standard streams leads to no host. */
    static final String REFUSED_PROPERTY = "kloset.refused";

    private final InputStream in;
    private final OutputStream out;

    private StandardPipes(int inNumber, InputStream in, int outNumber, OutputStream out) {
        PipeGrowth growth = new PipeGrowth(inNumber, outNumber, PipeGrowth.MUCH);
        this.in = growth.in(in);
        this.out = growth.out(out);
    }

    /**
     * Take the pipes and redirect the standard streams of Java: reading gives the end at once, printing goes to standard error.
     * Call it once, first thing in the process.
     *
     * @throws IOException if the launcher's descriptors cannot be opened
     */
    @SuppressWarnings("SystemOut") // Taking the standard streams away is the purpose of this class.
    public static StandardPipes claim() throws IOException {
        StandardPipes pipes = open(System.getProperty(PIPES_PROPERTY, ""));
        System.setIn(InputStream.nullInputStream());
        System.setOut(System.err);
        return pipes;
    }

    private static StandardPipes open(String moved) throws IOException {
        int comma = moved.indexOf(',');
        if (comma < 0) {
            return new StandardPipes(0, new FileInputStream(FileDescriptor.in), 1,
                    new FileOutputStream(FileDescriptor.out));
        }
        // By name, because Java cannot make a stream from a descriptor's number. Works for pipes and files; a file keeps its
        // content.
        String in = moved.substring(0, comma);
        String out = moved.substring(comma + 1);
        return new StandardPipes(Integer.parseInt(in), new FileInputStream("/dev/fd/".concat(in)),
                Integer.parseInt(out),
                new FileOutputStream("/dev/fd/".concat(out), true));
    }

    /**
     * {@return why no host can be at the other end of the standard streams, as a sentence; null if they are pipes or sockets}
     * Reads and writes nothing: standard output may be a file that is needed. Call it before {@link #claim}.
     */
    public static @Nullable String refusal() {
        String wrong = System.getProperty(REFUSED_PROPERTY);
        if (wrong == null && System.getProperty(PIPES_PROPERTY) == null) {
            wrong = StreamKind.wrong();
        }
        return wrong == null
                ? null
                : "cannot serve a host: ".concat(wrong)
                        .concat(" is neither a pipe nor a socket, and was left as it is; Plakar and kloset start this plugin "
                                + "themselves");
    }

    /** {@return whether a person at a terminal started this process} Call it before {@link #claim}. */
    public static boolean startedAtTerminal() {
        String told = System.getProperty(TERMINAL_PROPERTY);
        if (told != null) {
            return Boolean.parseBoolean(told);
        }
        // System.console() would load a line editor; without the launcher, a link's name is enough.
        try {
            String input = Files.readSymbolicLink(Path.of("/proc/self/fd/0")).toString();
            return input.startsWith("/dev/pts/") || input.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** {@return the bytes from the host} Their end means that the host is gone. */
    public InputStream in() {
        return in;
    }

    /** {@return the way to the host} Do not close it before the process ends. */
    public OutputStream out() {
        return out;
    }
}
