package dev.kloset.testkit;

import dev.kloset.wire.grpc.StatusException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The calls of a store as a host makes them. */
final class StoreCalls {

    private static final int CHUNK = 1 << 20;

    private StoreCalls() {}

    /** Put an object that must be accepted. {@return how many bytes the store says it keeps} */
    static long put(Session session, int resource, byte[] mac, byte[] content) throws Exception {
        return put(session, resource, mac, content, CHUNK);
    }

    static long put(Session session, int resource, byte[] mac, byte[] content, int chunkBytes) throws Exception {
        try (Call call = session.call("Put")) {
            call.send(StoreMessages.putFirst(resource, mac));
            for (int at = 0; at < content.length; at += chunkBytes) {
                call.send(StoreMessages.chunk(
                        Arrays.copyOfRange(content, at, Math.min(content.length, at + chunkBytes))));
            }
            call.halfClose();
            byte[] answer = call.receive();
            if (answer == null) {
                throw new ClauseFailedException("an answer to Put", "OK without a message");
            }
            call.awaitEnd();
            return call.parse(answer).number(1);
        } catch (StatusException e) {
            throw new BlockedException(Clause.S06, "a Put of " + content.length + " bytes that succeeds",
                    Session.words(e));
        }
    }

    /** Begin to get an object. */
    static Call beginGet(Session session, int resource, byte[] mac) throws Exception {
        Call call = session.call("Get");
        call.send(StoreMessages.object(resource, mac).encode());
        call.halfClose();
        return call;
    }

    static byte[] get(Session session, int resource, byte[] mac) throws Exception {
        try (Call call = beginGet(session, resource, mac)) {
            return rest(call);
        }
    }

    static byte[] range(Session session, int resource, byte[] mac, long offset, long length) throws Exception {
        try (Call call = session.call("Get")) {
            call.send(StoreMessages.range(resource, mac, offset, length));
            call.halfClose();
            return rest(call);
        }
    }

    static byte[] rest(Call call) throws Exception {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] message = call.receive(); message != null; message = call.receive()) {
            content.writeBytes(call.parse(message).bytes(1));
        }
        return content.toByteArray();
    }

    static boolean isThere(Session session, int resource, byte[] mac) throws Exception {
        try {
            get(session, resource, mac);
            return true;
        } catch (StatusException e) {
            return false;
        }
    }

    /** What was put must be there before anything can be said of where it is not. */
    static void assertThere(Session session, int resource, byte[] mac) throws Exception {
        if (!isThere(session, resource, mac)) {
            throw new NotApplicableException("no evidence: what was put cannot be got, see S06");
        }
    }

    /** {@return all MACs, as they came} */
    static List<byte[]> list(Session session, int resource) throws Exception {
        return new ArrayList<>(session.unary("List", new Message().number(1, resource).encode()).all(1));
    }

    static boolean isListed(Session session, int resource, byte[] mac) throws Exception {
        return list(session, resource).stream().anyMatch(each -> Arrays.equals(each, mac));
    }

    static void delete(Session session, int resource, byte[] mac) throws Exception {
        session.unary("Delete", StoreMessages.object(resource, mac).encode());
    }

    /** Compare an object with what it must be. */
    static void assertContent(String what, byte[] expected, byte[] seen) throws ClauseFailedException {
        if (!Arrays.equals(expected, seen)) {
            throw new ClauseFailedException(expected.length + " bytes " + what, seen.length == expected.length
                    ? "as many, but others"
                    : seen.length + " bytes");
        }
    }
}
