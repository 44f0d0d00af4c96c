package dev.kloset.sdk;

import dev.kloset.support.Sentence;
import java.io.IOException;
import java.net.BindException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Serves hosts that come through a Unix socket instead of pipes, each with services of its own: a plugin that runs under a
 * debugger, to which a {@link Bridge} connects every process that Plakar starts.
 */
final class AttachServer implements AutoCloseable {

    private final Path socket;
    private final Offering offering;
    private final ServerSocketChannel channel;

    private AttachServer(Path socket, Offering offering, ServerSocketChannel channel) {
        this.socket = socket;
        this.offering = offering;
        this.channel = channel;
    }

    /**
     * Listen at {@code socket}, for the user of this process alone. A socket that nobody listens at any more is replaced.
     *
     * @throws IOException if that is impossible, with a sentence
     */
    static AttachServer listen(Path socket, Offering offering) throws IOException {
        refuseIfInUse(socket);
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            bind(channel, socket);
        } catch (IOException | UnsupportedOperationException e) {
            channel.close();
            throw new IOException("cannot listen at " + socket + ": " + Sentence.of(e), e);
        }
        AttachServer server = new AttachServer(socket, offering, channel);
        // A debugger ends the process by a signal.
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "attach-end"));
        return server;
    }

    private static void refuseIfInUse(Path socket) throws IOException {
        if (!Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.readAttributes(socket, BasicFileAttributes.class,
                LinkOption.NOFOLLOW_LINKS).isOther()) {
            throw new IOException("cannot listen at " + socket + ": there is a file that is no socket");
        }
        try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            throw new BindException(
                    "cannot listen at " + socket + ": another process does; end it or name another socket");
        } catch (BindException e) {
            throw e;
        } catch (IOException e) {
            // Nobody is there: the socket is left over.
        }
    }

    /** The name appears when the permissions are right: until then the socket is in a directory of our own. */
    private static void bind(ServerSocketChannel channel, Path socket) throws IOException {
        Path parent = socket.toAbsolutePath().getParent();
        Path hidden = Files.createTempDirectory(parent == null ? socket.toAbsolutePath() : parent, ".k");
        try {
            Path fresh = hidden.resolve("s");
            channel.bind(UnixDomainSocketAddress.of(fresh));
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
            Files.move(fresh, socket, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(hidden.resolve("s"));
            Files.delete(hidden);
        }
    }

    /** Serve until {@link #close}. */
    void serve() throws IOException {
        while (true) {
            SocketChannel host = channel.accept();
            Thread.ofPlatform().daemon().name("attached").start(() -> AttachSession.serve(host, offering.services()));
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            // A socket that is left behind is replaced by the next attach.
        }
    }
}
