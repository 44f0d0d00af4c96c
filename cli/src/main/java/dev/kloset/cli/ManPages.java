package dev.kloset.cli;

import dev.kloset.cli.shell.CommandContext;
import dev.kloset.cli.shell.Invocation;
import dev.kloset.cli.shell.Terminal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;

/** Writes the manual pages, one for each command: the build of {@code ./kloset} runs it. picocli's own pages would need Asciidoctor. */
public final class ManPages {

    private ManPages() {}

    /** Write all pages into the directory {@code args[0]}. */
    public static void main(String[] args) throws IOException {
        Path directory = Files.createDirectories(Path.of(args[0]));
        for (Map.Entry<String, String> page : all().entrySet()) {
            Files.writeString(directory.resolve(page.getKey()), page.getValue());
        }
    }

    /** {@return the pages by the names of their files} */
    static Map<String, String> all() {
        Terminal silent = new Terminal(OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), false, false);
        Map<String, String> pages = new LinkedHashMap<>();
        add(pages, new Kloset(CommandContext.of(Invocation.ofThisProcess(), silent)).commandLine());
        return pages;
    }

    private static void add(Map<String, String> pages, CommandLine command) {
        if (command.getCommandSpec().helpCommand()) {
            return;
        }
        ManPage page = new ManPage(command);
        pages.put(page.name() + ".1", page.text());
        command.getSubcommands().values().forEach(sub -> add(pages, sub));
    }
}
