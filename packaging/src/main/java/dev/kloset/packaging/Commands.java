package dev.kloset.packaging;

import dev.kloset.packaging.tool.UsageException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The commands and their options: what is not here is refused, and {@code help} explains what is. */
public final class Commands {

    private static final int WIDTH = 100;

    private Commands() {}

    /** {@return one command, to be parsed or explained} */
    public static CommandLine named(String name) throws UsageException {
        CommandSpec command = specifications().get(name);
        if (command == null) {
            throw new UsageException("\"" + name + "\" is not a command; the commands are "
                    + String.join(", ", specifications().keySet()));
        }
        CommandLine line = line(command);
        line.setCommandName("packaging " + name);
        // Values are taken as they are: the options for Java, and words of Plakar's command line, may look like ours.
        line.setAllowOptionsAsOptionParameters(true);
        line.setEndOfOptionsDelimiter("\0");
        line.setExpandAtFiles(false);
        return line;
    }

    /** {@return the parent of all commands, for the help} */
    static CommandLine all() {
        CommandSpec all = CommandSpec.create().name("packaging");
        all.usageMessage()
                .customSynopsis("packaging COMMAND [--option VALUE]...")
                .description("Make a package for Plakar from a plugin written in Java.", "",
                        "An argument @FILE stands for the lines of FILE. \"help COMMAND\" explains its options.",
                        "");
        specifications().forEach(all::addSubcommand);
        return line(all);
    }

    private static CommandLine line(CommandSpec command) {
        CommandLine line = new CommandLine(command);
        line.setUsageHelpWidth(WIDTH);
        line.setUsageHelpLongOptionsMaxWidth(WIDTH / 3);
        return line;
    }

    private static Map<String, CommandSpec> specifications() {
        Map<String, CommandSpec> all = new LinkedHashMap<>();
        all.put("manifest", command("Write the manifest of a plugin.",
                Stream.concat(Stream.of(output("FILE")), project())));
        all.put("image", command("Make a directory with everything that a package contains.",
                Stream.of(Stream.of(output("DIRECTORY")), project(), image()).flatMap(part -> part)));
        all.put("package", command("Make a package from an image.", packageFile()));
        all.put("run", command("Try an image: run a command of Plakar with it.", run()));
        all.put("attach", command("Make an image that connects Plakar to a plugin in a debugger.",
                Stream.concat(Stream.of(output("DIRECTORY"),
                        option("socket", "FILE", "the socket on which the plugin in the debugger listens")),
                        project())));
        return all;
    }

    private static CommandSpec command(String description, Stream<OptionSpec> options) {
        CommandSpec command = CommandSpec.create();
        command.usageMessage().description(description).abbreviateSynopsis(true).sortOptions(false);
        options.forEach(command::addOption);
        return command
                .addOption(OptionSpec.builder("--help").usageHelp(true).description("explain these options").build());
    }

    private static Stream<OptionSpec> project() {
        String perType = "%s: for all connectors, or importer=WORD, exporter=WORD, storage=WORD";
        return Stream.of(
                option("class-path", "PATH", "the jars and directories of classes that the plugin runs with"),
                option("main-class", "CLASS",
                        "the class that calls Entrypoint; by default the only one below --classes"),
                option("classes", "DIRECTORY", "the project's own classes"),
                option("sources", "DIRECTORY",
                        "a manifest.yaml written by hand, and files to add to the package"),
                javaHome(),
                option("name", "NAME", "the name of the package; by default that of the plugin"),
                option("display-name", "TEXT", "the name that people read"),
                option("description", "TEXT", "what the plugin is for"),
                option("homepage", "URL", "a page with more information"),
                option("license", "WORD", "the licence, such as ISC"),
                option("tag", "WORD", "a keyword for searches (repeated)"),
                option("tier", "WORD", "the tier in Plakar's catalogue"),
                option("contact", "TEXT", "the address for questions"),
                option("class", "WORD", perType.formatted("what the connectors reach, such as database")),
                option("subclass", "WORD", perType.formatted("a narrower word, such as mysql")),
                option("validator", "FILE", perType.formatted("a JSON schema of the options").replace("WORD", "FILE")),
                option("executable", "NAME", "the name of the launcher; by default that of the plugin"));
    }

    private static Stream<OptionSpec> image() {
        return Stream.of(
                option("version", "VERSION", "the version of the package; by default that of the plugin"),
                option("library", "GROUP:ARTIFACT:VERSION=FILE",
                        "where a jar of the class path comes from, for sbom.cdx.json (repeated)"),
                option("library-license", "GROUP:ARTIFACT=LICENCE",
                        "the licence of such a jar (repeated)"),
                option("runtime", "bundled|none", "none: the package needs an installed Java"),
                option("modules", "LIST", "the modules of the runtime, instead of those that the build finds"),
                option("add-modules", "LIST",
                        "more modules, besides those that the build finds, or sets of them: kerberos, jdbc-drivers"),
                option("jmods", "DIRECTORY", "a JDK for another system or processor, or its jmods"),
                option("glibc", "bundled|none|DIRECTORY",
                        "the C library for systems with another, such as Alpine; DIRECTORY has the one for another processor"),
                option("heap", "SIZE", "the plugin's largest heap: by default 128m, never less than 16m"),
                option("java-option", "OPTION",
                        "an option for Java, such as --add-opens=java.base/java.nio=ALL-UNNAMED (repeated)"),
                option("training", "LOCATION",
                        "a location to record the start-up cache with, such as importer=zip://{dir}/a.zip (repeated)"));
    }

    private static Stream<OptionSpec> packageFile() {
        return Stream.of(option("image", "DIRECTORY", "the image"), output("DIRECTORY"),
                option("version", "VERSION", "three numbers and perhaps a suffix, such as 1.2.0-rc.1"),
                option("jmods", "DIRECTORY", "the jmods of the image's platform, if it is not this one"),
                plakar(), javaHome());
    }

    private static Stream<OptionSpec> run() {
        return Stream.of(option("image", "DIRECTORY", "the image"),
                option("home", "DIRECTORY", "Plakar's home directory during trials"),
                option("command", "WORD", "one word of the command line of plakar (repeated)"), plakar(), javaHome(),
                option("debug", "PORT", "the port for a debugger"),
                option("suspend", "true|false", "whether the plugin waits for the debugger"));
    }

    private static OptionSpec output(String label) {
        return option("output", label, "the file or directory to write");
    }

    private static OptionSpec plakar() {
        return option("plakar", "PROGRAM", "the program plakar; by default the one on the PATH");
    }

    private static OptionSpec javaHome() {
        return option("java-home", "DIRECTORY", "a JDK 25; by default the one that runs this command");
    }

    /** Every option is a list for picocli, so that we can report a repeated one in our own words. An empty value counts as none. */
    private static OptionSpec option(String name, String label, String description) {
        return OptionSpec.builder("--" + name)
                .paramLabel(label)
                .arity("1")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description(description)
                .build();
    }
}
