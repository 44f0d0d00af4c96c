package dev.kloset.testkit.connection;

import dev.kloset.wire.grpc.StatusException;
import java.nio.ByteBuffer;

/** The streaming call with which each kind of connector does its work, for checks that need one under way. */
public final class StreamingCall {

    private StreamingCall() {}

    /** {@return a process that is ready for the call} */
    public static PluginConnection ready(CheckContext context) throws Exception {
        return switch (context.kind()) {
            case IMPORTER, EXPORTER -> context.open();
            case STORAGE -> Repositories.ready(context);
        };
    }

    public static Call begin(PluginConnection connection) throws Exception {
        return connection.call(switch (connection.context.kind()) {
            case IMPORTER -> "Import";
            case EXPORTER -> "Export";
            case STORAGE -> "Put";
        });
    }

    /** Bring the call to a point where the plugin has begun to work and is not done. */
    public static void advance(PluginConnection connection, Call call) throws Exception {
        switch (connection.context.kind()) {
            case IMPORTER -> receiveOne(call);
            case EXPORTER -> {
                call.send(ExportMessages.directory("/", "source").encode());
                connection.assertAlive("the first record"); // by now the call has begun
                assertUnderWay(call, ExportMessages.directory("/second", "second").encode());
            }
            case STORAGE -> {
                call.send(StoreMessages.putFirst(StoreMessages.PACKFILE, StoreMessages.mac(connection.context)));
                call.send(StoreMessages.chunk(new byte[256 * 1024]));
                connection.assertAlive("the first bytes");
                assertUnderWay(call, StoreMessages.chunk(new byte[1]));
            }
        }
    }

    /** The plugin has answered another call by now; if this one had failed, the plugin would no longer take messages for it. */
    private static void assertUnderWay(Call call, ByteBuffer next) throws Exception {
        if (!call.send(next)) {
            throw new NotApplicableException("the call had ended before it could be interrupted");
        }
        call.isAnswered();
    }

    /** A source may have its reasons to refuse a second import in one process. */
    private static void receiveOne(Call call) throws Exception {
        try {
            call.receive();
        } catch (StatusException e) {
            // This is an answer too: there is nothing to advance.
        }
    }
}
