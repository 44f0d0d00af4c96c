package dev.kloset.packaging.tool;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The options of one command, each {@code --name value}. */
public final class Arguments {

    private final ParseResult parsed;

    private Arguments(ParseResult parsed) {
        this.parsed = parsed;
    }

    /** @param args the words behind the name of the command; one that is {@code @FILE} stands for the lines of that file */
    public static Arguments parse(CommandLine command, String... args) throws UsageException, IOException {
        List<String> words = new ArrayList<>();
        for (String arg : args) {
            if (arg.startsWith("@")) {
                words.addAll(Files.readAllLines(Path.of(arg.substring(1))));
            } else {
                words.add(arg);
            }
        }
        try {
            return new Arguments(command.parseArgs(words.toArray(String[]::new)));
        } catch (UnmatchedArgumentException e) {
            String word = e.getUnmatched().getFirst();
            throw new UsageException(word.startsWith("--") && word.length() > 2
                    ? word + " is not an option of this command"
                    : "\"" + word + "\" is not an option: all start with --");
        } catch (MissingParameterException e) {
            throw new UsageException(words.getLast() + " has no value");
        } catch (ParameterException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    /** {@return whether an explanation is wanted instead of work} */
    public boolean help() {
        return parsed.isUsageHelpRequested();
    }

    /** {@return all values of an option, in their order} */
    public List<String> all(String option) {
        return List.copyOf(parsed.matchedOptionValue("--" + option, List.<String>of()));
    }

    /** {@return the value; empty if it is absent or empty, so that build files may pass options without a value} */
    public Optional<String> optional(String option) throws UsageException {
        List<String> all = all(option);
        if (all.size() > 1) {
            throw new UsageException("--" + option + " is given " + all.size() + " times");
        }
        return all.stream().filter(value -> !value.isEmpty()).findFirst();
    }

    public String text(String option) throws UsageException {
        return optional(option).orElseThrow(() -> new UsageException("--" + option + " is missing"));
    }

    public Path path(String option) throws UsageException {
        return Path.of(text(option)).toAbsolutePath().normalize();
    }

    public Optional<Path> optionalPath(String option) throws UsageException {
        return optional(option).map(value -> Path.of(value).toAbsolutePath().normalize());
    }

    public boolean flag(String option) throws UsageException {
        String value = optional(option).orElse("false");
        if (!value.equals("true") && !value.equals("false")) {
            throw new UsageException("--" + option + " must be true or false, not \"" + value + "\"");
        }
        return value.equals("true");
    }

    /** {@return the elements of a class path, absolute} */
    public List<Path> paths(String option) throws UsageException {
        return Stream.of(text(option).split(File.pathSeparator, -1))
                .filter(element -> !element.isEmpty())
                .map(element -> Path.of(element).toAbsolutePath().normalize())
                .toList();
    }
}
