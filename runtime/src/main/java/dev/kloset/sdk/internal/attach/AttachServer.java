package dev.kloset.sdk.internal.attach;

import dev.kloset.sdk.internal.log.HostContext;
import dev.kloset.sdk.internal.service.ConnectorRegistry;
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
 * Serves hosts that connect through a Unix socket instead of pipes, each with services of its own. This is for a plugin that runs
 * under a debugger: a {@link SocketBridge} connects every process that Plakar starts to it.
 */
public final class AttachServer implements AutoCloseable {

    private final Path socket;
    private final ConnectorRegistry registry;
    private final ServerSocketChannel channel;

    private AttachServer(Path socket, ConnectorRegistry registry, ServerSocketChannel channel) {
        this.socket = socket;
        this.registry = registry;
        this.channel = channel;
    }

    /**
     * Listen at {@code socket}, for the user of this process only. A socket without a listening process is replaced.
     *
     * @throws IOException with a sentence, if that is impossible
     */
    public static AttachServer listen(Path socket, ConnectorRegistry registry) throws IOException {
        refuseIfInUse(socket);
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            bind(channel, socket);
        } catch (IOException | UnsupportedOperationException e) {
            channel.close();
            throw new IOException("cannot listen at " + socket + ": " + Sentence.of(e), e);
        }
        AttachServer server = new AttachServer(socket, registry, channel);
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
            throw new IOException("cannot listen at " + socket + ": the file there is not a socket");
        }
        try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            throw new BindException(
                    "cannot listen at " + socket + ": another process already does; end it or name another socket");
        } catch (BindException e) {
            throw e;
        } catch (IOException e) {
            // No process listens there: the socket is left over.
        }
    }

    /** The name appears once the permissions are right: until then the socket is in a directory of our own. */
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
    public void serve() throws IOException {
        while (true) {
            SocketChannel host = channel.accept();
            Thread.ofPlatform()
                    .daemon()
                    .name("attached")
                    .start(() -> AttachSession.serve(host, registry.services(new HostContext())));
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            // The next attach replaces a socket that is left behind.
        }
    }
}
