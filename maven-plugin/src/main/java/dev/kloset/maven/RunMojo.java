package dev.kloset.maven;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Execute;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.jspecify.annotations.Nullable;

/**
 * Run one command of Plakar with the plugin's current classes, in a home of its own that stays for the next run.
 * Compiles first, but runs no tests and makes no runtime, so that an edit takes effect quickly.
 */
@Mojo(name = "run", requiresDependencyResolution = ResolutionScope.RUNTIME)
@Execute(phase = LifecyclePhase.PROCESS_CLASSES)
@SuppressWarnings("NullAway.Init")
final class RunMojo extends ProjectMojo {

    private static final Pattern WORD = Pattern.compile("(?:[^\\s\"']|\"[^\"]*\"|'[^']*')+");
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|'[^']*'");

    /** The command line of Plakar, such as {@code backup demo:///srv/data}. */
    @Parameter(property = "args")
    @Nullable
    String args;

    /** The port for a debugger; {@code -Dkloset.debug} alone means 5005. Further plugin processes take the next ports. */
    @Parameter(property = "kloset.debug")
    @Nullable
    String debug;

    /** Whether the plugin waits for the debugger. */
    @Parameter(property = "kloset.suspend", defaultValue = "false")
    boolean suspend;

    /** The program {@code plakar}, if it is not on the PATH. */
    @Parameter(property = "kloset.plakar")
    @Nullable
    String plakar;

    @Override
    void run() throws MojoFailureException, MojoExecutionException, IOException {
        if (args == null || args.isBlank()) {
            throw new MojoFailureException("nothing to run: give a command line of plakar, such as "
                    + "-Dargs=\"backup demo:///srv/data\"");
        }
        Path image = target("kloset/image");
        process().succeed("image", describe(classes()).with("output", image).with("runtime", "none"));
        CommandLine line = new CommandLine().with("image", image)
                .with("home", target("kloset/home"))
                .with("java-home", javaHome())
                .with("debug", debug)
                .with("suspend", suspend)
                .with("plakar", plakar);
        for (String word : words(args)) {
            line.with("command", word);
        }
        int exit = process().converse("run", line);
        if (exit != 0) {
            throw new MojoFailureException(failure(exit));
        }
    }

    /**
     * {@return the message of a failed run} It leaves out the command line, which may contain a password: Maven's output is
     * kept and shown to others.
     */
    static String failure(int exit) {
        return "plakar ended with exit status " + exit + "; its own messages are above";
    }

    /** {@return the words of a command line} Spaces separate words; quotes of either kind keep a word with spaces together. */
    static List<String> words(String args) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(args);
        while (matcher.find()) {
            words.add(unquoted(matcher.group()));
        }
        return words;
    }

    /** {@return the word without its quotes} A quote within quotes of the other kind is an ordinary character. */
    private static String unquoted(String word) {
        return QUOTED.matcher(word).replaceAll(found -> {
            String text = found.group();
            return Matcher.quoteReplacement(text.substring(1, text.length() - 1));
        });
    }
}
