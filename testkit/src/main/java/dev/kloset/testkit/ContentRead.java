package dev.kloset.testkit;

import dev.kloset.wire.grpc.StatusException;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * One content that was read to its end.
 *
 * @param digest of all its bytes
 * @param emptyChunks how many messages had none
 */
record ContentRead(long bytes, String digest, long emptyChunks) {

    /** Begin to read a content. */
    static Call open(Session session, SeenRecord record) throws Exception {
        Call call = session.call("Open");
        call.send(record.openRequest());
        call.halfClose();
        return call;
    }

    /** Read one content to its end. */
    static ContentRead of(Session session, SeenRecord record) throws Exception {
        try (Call call = open(session, record)) {
            return rest(call);
        }
    }

    static ContentRead rest(Call call) throws Exception {
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

    /** {@return the content, or null if it cannot be read, which a file may have its reasons for} */
    static @Nullable ContentRead orNothing(Session session, SeenRecord record) throws Exception {
        try {
            return of(session, record);
        } catch (StatusException e) {
            session.bench.note(record.words() + " cannot be read: " + e.status().message());
            return null;
        }
    }
}
