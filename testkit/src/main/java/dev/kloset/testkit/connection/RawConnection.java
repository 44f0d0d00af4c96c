package dev.kloset.testkit.connection;

import dev.kloset.testkit.subject.Peer;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Writes the few frames that a check needs to control itself, without a client that would correct them. */
public final class RawConnection {

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EMPTY_SETTINGS = { 0, 0, 0, 4, 0, 0, 0, 0, 0 };
    private static final byte[] PING = { 0, 0, 8, 6, 0, 0, 0, 0, 0 };
    private static final int SETTINGS_TYPE = 4;
    private static final int PING_TYPE = 6;
    private static final int ACK = 1;

    private final CountDownLatch settingsAcknowledged = new CountDownLatch(1);
    private final CountDownLatch ponged = new CountDownLatch(1);
    private volatile byte[] pong = new byte[0];

    /** Begin a connection with SETTINGS and a PING. Frames are read on a thread of their own until the plugin has ended. */
    public static RawConnection begin(Peer peer, byte[] ping) throws IOException {
        RawConnection connection = new RawConnection();
        Thread.ofVirtual().name("raw frames").start(() -> connection.read(new DataInputStream(peer.fromPlugin())));
        OutputStream out = peer.toPlugin();
        out.write(RawMessage.join(PREFACE, EMPTY_SETTINGS, PING, ping));
        out.flush();
        return connection;
    }

    private void read(DataInputStream in) {
        byte[] header = new byte[9];
        try {
            boolean first = true;
            while (true) {
                in.readFully(header);
                if (first && (header[3] != SETTINGS_TYPE || header[4] != 0)) {
                    return; // this is not HTTP/2, and anything in it that looks like a frame is not one
                }
                first = false;
                byte[] payload = new byte[(header[0] & 0xFF) << 16 | (header[1] & 0xFF) << 8 | header[2] & 0xFF];
                in.readFully(payload);
                boolean ack = (header[4] & ACK) != 0;
                if (header[3] == SETTINGS_TYPE && ack) {
                    settingsAcknowledged.countDown();
                } else if (header[3] == PING_TYPE && ack) {
                    pong = payload;
                    ponged.countDown();
                }
            }
        } catch (IOException e) {
            // The plugin has ended; a thread that waits for an answer runs into its time limit.
        }
    }

    public boolean awaitSettingsAcknowledgement(Duration patience) throws InterruptedException {
        return settingsAcknowledged.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** {@return the eight bytes of the answer to PING, none if there is no answer} */
    public byte[] awaitPong(Duration patience) throws InterruptedException {
        return ponged.await(patience.toMillis(), TimeUnit.MILLISECONDS) ? Arrays.copyOf(pong, 8) : new byte[0];
    }
}
