package dev.kloset.interop;

import dev.kloset.ConnectorContext;
import dev.kloset.Content;
import dev.kloset.FileInfo;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.Plugin;
import dev.kloset.RecordSink;
import dev.kloset.sdk.Entrypoint;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;

/**
 * An importer whose behaviour {@code backup -o} chooses: {@code files}, the number of files to emit; {@code below}, their
 * directory; {@code then}, one of {@code finish}, {@code fail} and {@code die}; and {@code root}, the root that it reports.
 */
public final class ScriptedPlugin {

    static final String PROTOCOL = "scripted";

    private ScriptedPlugin() {}

    public static void main(String[] args) {
        Entrypoint.run(args, Plugin.builder(PROTOCOL).importer(PROTOCOL, Scripted::new).build());
    }

    private record Scripted(String origin, String type, String root, Map<String, String> script) implements Importer {

        Scripted(ConnectorContext context) {
            this(context.options().hostname(), PROTOCOL, context.config().string("root", "/"),
                    context.config().values());
        }

        @Override
        public void importRecords(RecordSink records) throws IOException, InterruptedException {
            String below = script.getOrDefault("below", "");
            if (!below.isEmpty()) {
                String name = below.substring(below.lastIndexOf('/') + 1);
                records.emit(FileRecord.of(below, FileInfo.directory(name, Instant.EPOCH)));
            }
            for (int i = 0; i < Integer.parseInt(script.getOrDefault("files", "0")); i++) {
                String content = "content of " + i;
                records.emit(
                        FileRecord.file(below + "/file " + i, content.length(), Instant.EPOCH, Content.of(content)));
            }
            switch (script.getOrDefault("then", "finish")) {
                case "fail" -> throw new IOException("the source went away after file " + script.get("files"));
                case "die" -> Runtime.getRuntime().halt(7);
                default -> {
                }
            }
        }
    }
}
