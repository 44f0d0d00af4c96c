package dev.kloset.testkit;

import dev.kloset.wire.grpc.GrpcServer;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;

/** A broken plugin in this process. */
record BrokenSubject(Fault fault) implements Subject {

    @Override
    public String name() {
        return fault.name();
    }

    @Override
    public boolean isProcess() {
        return false;
    }

    @Override
    public Peer start() {
        return new BrokenPeer(fault, new MemoryPipe(PipeManner.ORDINARY), new MemoryPipe(PipeManner.ORDINARY));
    }

    /** One start. */
    private static final class BrokenPeer implements Peer {

        private final MemoryPipe toPlugin;
        private final MemoryPipe fromPlugin;
        private final GrpcServer server;
        private final Thread life;

        BrokenPeer(Fault fault, MemoryPipe toPlugin, MemoryPipe fromPlugin) {
            this.toPlugin = toPlugin;
            this.fromPlugin = fromPlugin;
            this.server = BrokenPlugin.serve(fault, toPlugin.in(), fromPlugin.out());
            this.life = Thread.ofVirtual().start(this::live);
        }

        private void live() {
            try {
                server.awaitEnd();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public InputStream fromPlugin() {
            return fromPlugin.in();
        }

        @Override
        public OutputStream toPlugin() {
            return toPlugin.out();
        }

        @Override
        public boolean awaitEnd(Duration patience) throws InterruptedException {
            return life.join(patience);
        }

        @Override
        public String death() throws InterruptedException {
            return life.join(Duration.ofMillis(1)) ? "the plugin has ended" : "";
        }

        @Override
        public String complaints() {
            return "";
        }

        @Override
        public List<String> children() {
            return List.of();
        }

        @Override
        public void kill() {
            toPlugin.cut();
            fromPlugin.cut();
            server.close();
        }

        @Override
        public void clear() {
            kill();
        }
    }
}
