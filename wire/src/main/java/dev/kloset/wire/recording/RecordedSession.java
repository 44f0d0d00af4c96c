package dev.kloset.wire.recording;

import dev.kloset.Plugin.Kind;
import dev.kloset.support.Sentence;
import dev.kloset.wire.frame.ErrorCode;
import dev.kloset.wire.frame.Headers;
import dev.kloset.wire.grpc.GrpcMessage;
import dev.kloset.wire.http2.FrameTap;
import dev.kloset.wire.protobuf.DynamicMessage;
import dev.kloset.wire.protobuf.MalformedMessageException;
import dev.kloset.wire.protobuf.MessageDescriptor;
import dev.kloset.wire.protobuf.Rpc;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns what both ends do into lines. The threads of both directions take turns. */
final class RecordedSession {

    private static final long HELD_BYTES = 32L << 20;
    private static final int MAX_STREAMS = 8192;
    /** Fields whose values say how gRPC is spoken and nothing else. */
    private static final Set<String> HARMLESS = Set.of(":method", ":scheme", ":authority", ":status", "content-type",
            "te", "user-agent", "grpc-timeout", "grpc-encoding", "grpc-accept-encoding", "accept-encoding");

    private final RecordingFile file;
    private final String role;
    private final long pid;
    private final long start = System.nanoTime();
    // guarded by this
    private final Map<Integer, Stream> streams = new HashMap<>();
    private final MessageCutter.Budget budget = new MessageCutter.Budget(HELD_BYTES);
    private MessageLine line = new MessageLine(Secrets.NONE);

    RecordedSession(RecordingFile file, String role, long pid) {
        this.file = file;
        this.role = role;
        this.pid = pid;
    }

    /** What is known of one call. */
    private static final class Stream {
        private final String path;
        private final MessageCutter fromHost;
        private final MessageCutter fromPlugin;
        private boolean hostEnded;
        private boolean pluginEnded;

        Stream(String path, MessageCutter.Budget budget) {
            this.path = path;
            this.fromHost = new MessageCutter(budget);
            this.fromPlugin = new MessageCutter(budget);
        }

        void release() {
            fromHost.release();
            fromPlugin.release();
        }
    }

    synchronized void write(String from, int stream, String event, Map<String, ?> more) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("micros", (System.nanoTime() - start) / 1000);
        all.put("from", from);
        if (stream != 0) {
            all.put("stream", stream);
        }
        all.put("event", event);
        all.putAll(more);
        file.add(RecordedEvent.line(all));
    }

    /** {@return a watcher of what one end sends} */
    FrameTap.Watcher watcher(boolean host) {
        return new End(host);
    }

    private String fileName(String path) {
        Kind kind = Rpc.kind(path);
        return role + "-" + (kind == null ? "unknown" : kind.manifestType()) + "-" + pid + ".jsonl";
    }

    private final class End implements FrameTap.Watcher {

        private final boolean host;
        private final String from;

        End(boolean host) {
            this.host = host;
            this.from = host ? "host" : "plugin";
        }

        @Override
        public void headers(int id, Headers headers, boolean end) {
            synchronized (RecordedSession.this) {
                String path = headers.first(":path");
                if (host && path != null && !streams.containsKey(id)) {
                    begin(id, path, headers);
                } else if (headers.first("grpc-status") != null) {
                    status(id, headers);
                } else {
                    write(from, id, "headers", Map.of("headers", fields(headers)));
                }
                if (end) {
                    end(id);
                }
            }
        }

        private void begin(int id, String path, Headers headers) {
            if (streams.size() >= MAX_STREAMS) {
                file.stop("more than " + MAX_STREAMS + " calls are open");
                return;
            }
            streams.put(id, new Stream(path, budget));
            file.name(fileName(path));
            write(from, id, "call", Map.of("method", path, "headers", fields(headers)));
        }

        private void status(int id, Headers headers) {
            String text = headers.first("grpc-message");
            Map<String, Object> status = new LinkedHashMap<>();
            status.put("code", number(headers.first("grpc-status")));
            status.put("text", text == null ? "" : line.secrets().hideInError(GrpcMessage.decode(text)));
            status.put("headers", fields(headers));
            write(from, id, "status", status);
        }

        private Map<String, String> fields(Headers headers) {
            Map<String, String> fields = new LinkedHashMap<>();
            for (int i = 0; i < headers.size(); i++) {
                String name = headers.name(i);
                if (!name.equals(":path") && !name.startsWith("grpc-status") && !name.startsWith("grpc-message")) {
                    String value = headers.value(i);
                    // Words of the protocol: they hold no values, and what looks like a value is not one.
                    fields.put(name, HARMLESS.contains(name)
                            ? value
                            : "(" + value.length() + " characters)");
                }
            }
            return fields;
        }

        @Override
        public void data(int id, byte[] buffer, int offset, int length, boolean end) {
            synchronized (RecordedSession.this) {
                Stream stream = streams.get(id);
                if (stream != null) {
                    MessageCutter cutter = host ? stream.fromHost : stream.fromPlugin;
                    cutter.add(buffer, offset, length, (bytes, message) -> message(id, stream.path, bytes, message));
                }
                if (end) {
                    end(id);
                }
            }
        }

        private void message(int id, String path, long bytes, @Nullable ByteBuffer message) {
            Map<String, Object> more = new LinkedHashMap<>();
            more.put("bytes", bytes);
            MessageDescriptor descriptor = host ? MessageDescriptor.request(path) : MessageDescriptor.answer(path);
            try {
                if (message == null) {
                    more.put("note", "too large to look into");
                } else {
                    Map<String, Object> tree = DynamicMessage.decode(descriptor, message);
                    if (host && tree.get("config") instanceof Map<?, ?> config) {
                        learn(config);
                    }
                    more.put("message", line.of(descriptor, tree));
                }
            } catch (MalformedMessageException e) {
                more.put("note", Sentence.of(e));
            }
            write(from, id, "message", more);
        }

        private void learn(Map<?, ?> config) {
            Map<String, String> values = new HashMap<>();
            config.forEach((key, value) -> values.put(String.valueOf(key), String.valueOf(value)));
            line = new MessageLine(line.secrets().and(Secrets.of(values)));
        }

        private void end(int id) {
            Stream stream = streams.get(id);
            if (host) {
                write(from, id, "half-close", Map.of());
            }
            if (stream != null) {
                stream.hostEnded |= host;
                stream.pluginEnded |= !host;
                if (stream.hostEnded && stream.pluginEnded) {
                    forget(id);
                }
            }
        }

        private void forget(int id) {
            Stream stream = streams.remove(id);
            if (stream != null) {
                stream.release();
            }
        }

        @Override
        public void reset(int id, ErrorCode code) {
            synchronized (RecordedSession.this) {
                write(from, id, "reset", Map.of("error", code.name()));
                forget(id);
            }
        }

        @Override
        public void goAway(ErrorCode code, String text) {
            synchronized (RecordedSession.this) {
                write(from, 0, "goaway", Map.of("error", code.name(), "text", line.secrets().hideInError(text)));
            }
        }

        @Override
        public void lost(String why) {
            write(from, 0, "lost", Map.of("why", why));
        }
    }

    private static Object number(@Nullable String text) {
        try {
            return text == null ? -1L : Long.parseLong(text);
        } catch (NumberFormatException _) {
            return -1L;
        }
    }
}
