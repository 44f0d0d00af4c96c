package dev.kloset.interop;

import dev.kloset.ConnectorContext;
import dev.kloset.Content;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.Plugin;
import dev.kloset.RecordSink;
import dev.kloset.sdk.Entrypoint;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Does everything to its standard streams that a plugin must not do, again and again during a backup. */
public final class NoisyPlugin {

    static final String PROTOCOL = "noisy";
    static final int FILES = 300;

    private NoisyPlugin() {}

    public static void main(String[] args) {
        Entrypoint.run(args, Plugin.builder(PROTOCOL).importer(PROTOCOL, Noisy::new).build());
    }

    static String content(int file) {
        return ("content of file " + file + "\n").repeat(file);
    }

    private record Noisy(String origin, String type, String root) implements Importer {

        Noisy(ConnectorContext context) {
            this(context.options().hostname(), PROTOCOL, "/");
        }

        @Override
        public void importRecords(RecordSink records) throws IOException, InterruptedException {
            for (int i = 0; i < FILES; i++) {
                int file = i;
                Content content = () -> {
                    print("in the middle of open " + file);
                    return Content.of(content(file)).open();
                };
                records.emit(FileRecord.file("/file " + i, content(i).length(), Instant.EPOCH, content));
                print("between two records, " + i);
                if (i % 50 == 0) {
                    makeChildrenPrint();
                    dumpThreads();
                }
            }
        }

        @SuppressWarnings("SystemOut") // the purpose of this plugin
        private static void print(String text) throws IOException {
            System.out.println("System.out: " + text);
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)
                    .println("descriptor 1: " + text);
            if (System.in.read() != -1) {
                throw new IOException("read a byte of the protocol");
            }
        }

        private static void makeChildrenPrint() throws IOException, InterruptedException {
            // The child prints, and tries to read bytes from its standard input.
            new ProcessBuilder("/bin/sh", "-c", "echo child; echo child >&1; head -c 100; kill -0 $$").inheritIO()
                    .start()
                    .waitFor();
        }

        private static void dumpThreads() throws IOException, InterruptedException {
            new ProcessBuilder("/bin/sh", "-c", "kill -s QUIT " + ProcessHandle.current().pid()).start().waitFor();
        }
    }
}
