package dev.kloset.cli;

import dev.kloset.internal.NearestWord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says in one sentence what is wrong with the arguments, and which word the user may have meant.
 *
 * @param cause what picocli found
 */
record Misuse(ParameterException cause) {

    String sentence() {
        String what = what();
        return what + (what.endsWith("?") ? " See " : "; see ") + spec().qualifiedName(" ") + " --help";
    }

    private CommandSpec spec() {
        return cause.getCommandLine().getCommandSpec();
    }

    private String what() {
        String word = unknown();
        if (word == null) {
            return String.valueOf(cause.getMessage());
        }
        if (word.startsWith("-")) {
            String option = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
            return "there is no option \"" + option + "\"" + NearestWord.question(option, options());
        }
        return spec().subcommands().isEmpty()
                ? "the argument \"" + word + "\" is one too many"
                : "there is no command \"" + word + "\"" + NearestWord.question(word, spec().subcommands().keySet());
    }

    /** {@return the first word that has no meaning, or null if all words have one} */
    private @Nullable String unknown() {
        if (cause instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
            return unmatched.getUnmatched().getFirst();
        }
        // the command "help" throws this for the name of a command
        return cause.getArgSpec() == null ? cause.getValue() : null;
    }

    private List<String> options() {
        List<String> names = new ArrayList<>();
        for (OptionSpec option : spec().options()) {
            names.addAll(List.of(option.names()));
        }
        names.addAll(spec().negatedOptionsMap().keySet());
        return names;
    }
}
