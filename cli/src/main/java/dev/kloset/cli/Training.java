package dev.kloset.cli;

import dev.kloset.cli.shell.CommandContext;
import dev.kloset.cli.shell.Interruption;
import dev.kloset.cli.shell.Invocation;
import dev.kloset.cli.shell.TemporaryDirectory;
import dev.kloset.cli.shell.Terminal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs what people run most, with outputs that go nowhere, so that the JVM can make a start-up cache from the run. */
final class Training {

    private Training() {}

    public static void main(String[] args) throws IOException {
        Invocation invocation = Invocation.ofThisProcess();
        Interruption interruption = Interruption.watch(Thread.currentThread());
        try (TemporaryDirectory directory = TemporaryDirectory.create(invocation)) {
            Path tree = Files.createDirectories(directory.path().resolve("tree"));
            Files.writeString(tree.resolve("file"), "content");
            String source = "files://" + tree;
            String copy = "files://" + directory.path().resolve("copy");
            for (String[] words : new String[][]{ { "--version" }, { "help" }, { "plugins" }, { "plugins", "--json" },
                { "ls", source }, { "ls", "--json", source }, { "cat", source, "file" }, { "ping", source },
                { "copy", source, copy }, { "compare", source, copy }, { "lss" }, { "ls", "nowhere:///" } }) {
                run(invocation, words);
            }
        }
        interruption.commandEnded();
    }

    private static void run(Invocation invocation, String... words) {
        Terminal silent = new Terminal(OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), false, false);
        new Kloset(CommandContext.of(invocation, silent)).run(words);
    }
}
