package dev.kloset.testkit.connection;

import dev.kloset.wire.grpc.StatusException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * One content, read to its end.
 *
 * @param digest of all its bytes
 * @param emptyChunks the number of messages without bytes
 */
public record ContentRead(long bytes, String digest, long emptyChunks) {

    /** Begin to read a content. */
    public static Call open(PluginConnection connection, ReceivedRecord record) throws Exception {
        Call call = connection.call("Open");
        call.send(record.openRequest());
        call.halfClose();
        return call;
    }

    /** Read one content to its end. */
    public static ContentRead of(PluginConnection connection, ReceivedRecord record) throws Exception {
        try (Call call = open(connection, record)) {
            return rest(call);
        }
    }

    public static ContentRead rest(Call call) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        long bytes = 0;
        long empty = 0;
        for (byte[] message = call.receive(); message != null; message = call.receive()) {
            byte[] chunk = call.parse(message).bytes(1);
            empty += chunk.length == 0 ? 1 : 0;
            bytes += chunk.length;
            digest.update(chunk);
        }
        return new ContentRead(bytes, HexFormat.of().formatHex(digest.digest()), empty);
    }

    /** {@return the digest of these bytes} */
    public static String digest(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    /** {@return the content, or null if the file cannot be read, for which there may be good reasons} */
    public static @Nullable ContentRead orNothing(PluginConnection connection, ReceivedRecord record) throws Exception {
        try {
            return of(connection, record);
        } catch (StatusException e) {
            connection.context.note(record.words() + " cannot be read: " + e.status().message());
            return null;
        }
    }
}
