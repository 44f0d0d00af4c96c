package dev.kloset.testkit.connection;

import dev.kloset.testkit.contract.Clause;
import dev.kloset.wire.grpc.StatusException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The calls of a store, made as a host makes them. */
public final class StoreCalls {

    private static final int CHUNK = 1 << 20;

    private StoreCalls() {}

    /**
     * Put an object, which the store must accept.
     *
     * @return how many bytes the store says it keeps
     */
    public static long put(PluginConnection connection, int resource, byte[] mac, byte[] content) throws Exception {
        return put(connection, resource, mac, content, CHUNK);
    }

    public static long put(PluginConnection connection, int resource, byte[] mac, byte[] content, int chunkBytes)
            throws Exception {
        try (Call call = connection.call("Put")) {
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
                    PluginConnection.words(e));
        }
    }

    /** Begin to get an object. */
    public static Call beginGet(PluginConnection connection, int resource, byte[] mac) throws Exception {
        Call call = connection.call("Get");
        call.send(StoreMessages.object(resource, mac).encode());
        call.halfClose();
        return call;
    }

    public static byte[] get(PluginConnection connection, int resource, byte[] mac) throws Exception {
        try (Call call = beginGet(connection, resource, mac)) {
            return rest(call);
        }
    }

    public static byte[] range(PluginConnection connection, int resource, byte[] mac, long offset, long length)
            throws Exception {
        try (Call call = connection.call("Get")) {
            call.send(StoreMessages.range(resource, mac, offset, length));
            call.halfClose();
            return rest(call);
        }
    }

    public static byte[] rest(Call call) throws Exception {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] message = call.receive(); message != null; message = call.receive()) {
            content.writeBytes(call.parse(message).bytes(1));
        }
        return content.toByteArray();
    }

    public static boolean isThere(PluginConnection connection, int resource, byte[] mac) throws Exception {
        try {
            get(connection, resource, mac);
            return true;
        } catch (StatusException e) {
            return false;
        }
    }

    /** Fail unless the object is in the store. Only then does its absence elsewhere prove anything. */
    public static void assertThere(PluginConnection connection, int resource, byte[] mac) throws Exception {
        if (!isThere(connection, resource, mac)) {
            throw new NotApplicableException("no evidence: what was put cannot be got, see S06");
        }
    }

    /** {@return all MACs, as they came} */
    public static List<byte[]> list(PluginConnection connection, int resource) throws Exception {
        return new ArrayList<>(connection.unary("List", new RawMessageBuilder().number(1, resource).encode()).all(1));
    }

    public static boolean isListed(PluginConnection connection, int resource, byte[] mac) throws Exception {
        return list(connection, resource).stream().anyMatch(each -> Arrays.equals(each, mac));
    }

    public static void delete(PluginConnection connection, int resource, byte[] mac) throws Exception {
        connection.unary("Delete", StoreMessages.object(resource, mac).encode());
    }

    /** Compare the content of an object with what it must be. */
    public static void assertContent(String what, byte[] expected, byte[] seen) throws ClauseFailedException {
        if (!Arrays.equals(expected, seen)) {
            throw new ClauseFailedException(expected.length + " bytes " + what, seen.length == expected.length
                    ? "as many, but others"
                    : seen.length + " bytes");
        }
    }
}
