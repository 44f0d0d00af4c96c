package dev.kloset.cli.check;

import dev.kloset.Plugin.Kind;
import dev.kloset.cli.shell.CommandException;
import dev.kloset.cli.shell.Executables;
import dev.kloset.cli.shell.Invocation;
import dev.kloset.internal.NearestWord;
import dev.kloset.testkit.contract.CheckSettings;
import dev.kloset.testkit.contract.PreservedAttribute;
import dev.kloset.testkit.subject.ProcessSubject;
import dev.kloset.testkit.subject.Subject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the checks need to know about the destination of an exporter. */
final class DestinationOptions {

    private static final String NONE = "none";

    @Option(names = "--kept", paramLabel = "WORD", split = ",", order = 3, description = {
        "What an exporter's destination keeps besides paths and bytes, with commas between the words:",
        "directories, modes, times, owners, symbolic-links, hard-links, extended-attributes,",
        "odd-names; or none. By default everything." })
    List<String> kept = new ArrayList<>();

    @Option(names = "--importer", paramLabel = "EXECUTABLE", order = 3, description = {
        "The plugin whose importer reads what an exporter wrote, if the destination is no directory",
        "of this machine. By default the plugin itself." })
    @Nullable
    String importer;

    @Option(names = "--importer-option", paramLabel = "KEY=VALUE", mapFallbackValue = "true", order = 3, description = {
        "A setting for that importer; may be repeated. By default it gets those of the exporter." })
    Map<String, String> importerSettings = new LinkedHashMap<>();

    void describe(CheckSettings.Builder builder, Kind kind) throws CommandException {
        if (kind != Kind.EXPORTER && (!kept.isEmpty() || importer != null || !importerSettings.isEmpty())) {
            throw CommandException.usage("--kept, --importer and --importer-option are for --kind exporter");
        }
        if (!kept.isEmpty()) {
            builder.kept(attributes());
        }
        if (!importerSettings.isEmpty()) {
            builder.readBack(importerSettings);
        }
    }

    private Set<PreservedAttribute> attributes() throws CommandException {
        Set<PreservedAttribute> attributes = EnumSet.noneOf(PreservedAttribute.class);
        for (String text : kept) {
            if (!text.equals(NONE) || kept.size() > 1) {
                attributes.add(attribute(text));
            }
        }
        return attributes;
    }

    private static PreservedAttribute attribute(String text) throws CommandException {
        for (PreservedAttribute attribute : PreservedAttribute.values()) {
            if (word(attribute).equals(text.toLowerCase(Locale.ROOT))) {
                return attribute;
            }
        }
        List<String> words = Stream.concat(Stream.of(PreservedAttribute.values()).map(DestinationOptions::word),
                Stream.of(NONE)).toList();
        throw CommandException.usage("--kept takes " + String.join(", ", words) + ", not \"" + text + "\""
                + NearestWord.question(text, words));
    }

    private static String word(PreservedAttribute attribute) {
        return attribute.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@return the plugin, with the importer that the user has named} */
    Subject subject(ProcessSubject plugin, Invocation invocation) throws CommandException {
        if (importer == null) {
            return plugin;
        }
        Path file = Executables.find(importer, invocation);
        Executables.check(file, importer);
        return plugin.withImporter(new ProcessSubject(file, List.of(), Map.of()));
    }
}
