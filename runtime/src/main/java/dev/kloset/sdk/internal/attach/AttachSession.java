package dev.kloset.sdk.internal.attach;

import dev.kloset.Plugin.Kind;
import dev.kloset.sdk.internal.service.Services;
import dev.kloset.wire.grpc.GrpcLimits;
import dev.kloset.wire.grpc.GrpcServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * One host that connected through the socket. First the bridge sends a line with the kind that it wants, or an empty line; the
 * answer is a line too: empty, or the reason for a refusal. Then the protocol begins.
 */
final class AttachSession {

    /** Longer than any line of the bridge. */
    private static final int MAX_LINE = 1024;

    /** A developer may be looking at a breakpoint in {@code close}, and no process waits for this session. */
    private static final Duration CLEAN_UP = Duration.ofHours(1);

    private AttachSession() {}

    /** Blocks until the host is gone. */
    static void serve(SocketChannel host, Services services) {
        try (host) {
            InputStream in = Channels.newInputStream(host);
            OutputStream out = Channels.newOutputStream(host);
            String refusal = refusal(readLine(in), services);
            writeLine(out, refusal);
            if (refusal.isEmpty()) {
                GrpcServer.start(in, out, services, GrpcLimits.defaults()).awaitEnd();
                services.end(CLEAN_UP);
            }
        } catch (IOException e) {
            // The host is gone, which is how every session ends.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String refusal(String kind, Services services) {
        if (kind.isEmpty()) {
            return "";
        }
        for (Kind each : Kind.values()) {
            if (each.manifestType().equals(kind)) {
                return services.restrictTo(each) ? "" : "the plugin that is attached has no " + kind;
            }
        }
        return "there is no kind of connector \"" + kind + "\": it must be importer, exporter or storage";
    }

    /** {@return the line, without its end} Reads byte by byte: what follows belongs to the protocol. */
    static String readLine(InputStream in) throws IOException {
        byte[] line = new byte[MAX_LINE];
        for (int length = 0; length < MAX_LINE; length++) {
            int c = in.read();
            if (c == '\n') {
                return new String(line, 0, length, StandardCharsets.UTF_8);
            }
            if (c < 0) {
                throw new IOException("the other end closed before it identified itself");
            }
            line[length] = (byte) c;
        }
        throw new IOException("the other end is not part of this SDK");
    }

    static void writeLine(OutputStream out, String line) throws IOException {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
