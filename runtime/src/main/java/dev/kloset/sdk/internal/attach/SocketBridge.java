package dev.kloset.sdk.internal.attach;

import dev.kloset.support.Sentence;
import dev.kloset.wire.stdio.StandardError;
import dev.kloset.wire.stdio.StandardPipes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * The process that Plakar starts while the plugin itself runs in an IDE. It connects its standard input and output to the socket
 * of a plugin that was started with {@code attach SOCKET}.
 *
 * <p>Run as {@code dev.kloset.sdk.internal.attach.SocketBridge SOCKET [importer|exporter|storage]}. It ends when either side
 * does.
 */
public final class SocketBridge {

    private static final int BUFFER_BYTES = 64 * 1024;

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private SocketBridge() {}

    /** Carry bytes between the host and an attached plugin until one of them ends. */
    public static void main(String[] args) {
        PrintStream errors = StandardError.forPeople();
        int status;
        try {
            status = run(args, errors);
        } catch (IOException e) {
            errors.println(Sentence.of(e));
            status = FAILED;
        } catch (InterruptedException e) {
            status = FAILED;
        }
        Runtime.getRuntime().halt(status);
    }

    private static int run(String[] args, PrintStream errors) throws IOException, InterruptedException {
        if (args.length < 1 || args.length > 2) {
            errors.println("the bridge takes the path of a socket and perhaps one of importer, exporter and storage");
            return USAGE;
        }
        String noHost = StandardPipes.refusal();
        if (noHost != null) {
            errors.println(noHost);
            return USAGE;
        }
        StandardPipes pipes = StandardPipes.claim();
        try (SocketChannel plugin = connect(args[0])) {
            InputStream in = Channels.newInputStream(plugin);
            OutputStream out = Channels.newOutputStream(plugin);
            AttachSession.writeLine(out, args.length == 2 ? args[1] : "");
            String refusal = AttachSession.readLine(in);
            if (!refusal.isEmpty()) {
                errors.println(refusal);
                return FAILED;
            }
            BlockingQueue<Integer> ends = new ArrayBlockingQueue<>(2); // one for each direction
            pump("to plugin", pipes.in(), out, OK, ends);
            pump("to host", in, pipes.out(), FAILED, ends);
            if (ends.take() == OK) {
                return OK;
            }
            errors.println("the plugin that was attached at " + args[0] + " is gone");
            return FAILED;
        }
    }

    private static SocketChannel connect(String socket) throws IOException {
        try {
            return SocketChannel.open(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            throw new IOException("no process listens at " + socket + " (" + Sentence.of(e)
                    + "): start the plugin in the IDE with the arguments: attach " + socket, e);
        }
    }

    /** Copy until one of the two is gone, then report {@code meaning}. */
    private static void pump(String name, InputStream from, OutputStream to, int meaning,
            BlockingQueue<Integer> ends) {
        Thread.ofPlatform().daemon().name(name).start(() -> {
            byte[] buffer = new byte[BUFFER_BYTES];
            try {
                for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
                    to.write(buffer, 0, count);
                }
            } catch (IOException e) {
                // Whichever of the two is gone, the bridge has nothing left to do.
            } finally {
                ends.add(meaning);
            }
        });
    }
}
