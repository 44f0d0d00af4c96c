package dev.kloset.packaging;

import dev.kloset.packaging.image.AttachImage;
import dev.kloset.packaging.image.Image;
import dev.kloset.packaging.manifest.Project;
import dev.kloset.packaging.manifest.ResolvedManifest;
import dev.kloset.packaging.tool.Arguments;
import dev.kloset.packaging.tool.Directories;
import dev.kloset.packaging.tool.PackagingException;
import dev.kloset.packaging.tool.UsageException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * The entry point for build tools and scripts: {@code Main COMMAND --option value ...}. An argument {@code @FILE} stands for
 * the lines of that file. Progress goes to standard output, errors go to standard error.
 *
 * <p>Exit status: 0 done, 1 cannot be done (with the reason), 2 wrong usage; {@code run} ends with Plakar's own.
 */
public final class Main {

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private Main() {}

    @SuppressWarnings("SystemOut") // the output is for the person or the build that started it
    public static void main(String[] args) throws InterruptedException {
        System.exit(run(args, System.out, System.err));
    }

    static int run(String[] args, PrintStream out, PrintStream err) throws InterruptedException {
        if (args.length == 0) {
            Commands.all().usage(err, Ansi.OFF);
            return USAGE;
        }
        try {
            String[] rest = Arrays.copyOfRange(args, 1, args.length);
            if (args[0].equals("help") || args[0].equals("--help")) {
                (rest.length == 0 ? Commands.all() : Commands.named(rest[0])).usage(out, Ansi.OFF);
                return OK;
            }
            CommandLine command = Commands.named(args[0]);
            Arguments arguments = Arguments.parse(command, rest);
            if (arguments.help()) {
                command.usage(out, Ansi.OFF);
                return OK;
            }
            return run(args[0], arguments, out, err);
        } catch (UsageException e) {
            err.println(e.getMessage());
            return USAGE;
        } catch (PackagingException e) {
            err.println(e.getMessage());
            return FAILED;
        } catch (IOException e) {
            err.println("cannot " + args[0] + ": " + e);
            return FAILED;
        }
    }

    private static int run(String command, Arguments arguments, PrintStream out, PrintStream err)
            throws UsageException, PackagingException, IOException, InterruptedException {
        switch (command) {
            case "manifest" -> writeManifest(arguments, out, err);
            case "image" -> makeImage(arguments, out, err);
            case "package" -> makePackage(arguments, out);
            case "attach" -> prepareAttach(arguments, out, err);
            case "run" -> {
                return tryOut(arguments, out);
            }
            default -> throw new IllegalStateException(command);
        }
        return OK;
    }

    private static void writeManifest(Arguments arguments, PrintStream out, PrintStream err)
            throws UsageException, PackagingException, IOException, InterruptedException {
        Path output = arguments.path("output");
        Project project = Project.of(arguments);
        ResolvedManifest described = project.manifest(err);
        described.write(Objects.requireNonNull(output.toAbsolutePath().getParent()));
        Directories.write(output, described.manifest().yaml());
        out.println("manifest of " + described.manifest().name() + ": " + output);
    }

    private static void makeImage(Arguments arguments, PrintStream out, PrintStream err)
            throws UsageException, PackagingException, IOException, InterruptedException {
        Path output = arguments.path("output");
        Project project = Project.of(arguments);
        Image image = Image.of(arguments, project);
        image.make(output, out, err);
    }

    private static void makePackage(Arguments arguments, PrintStream out)
            throws UsageException, PackagingException, IOException, InterruptedException {
        PackageFile file = PackageFile.of(arguments);
        file.make(out);
    }

    private static void prepareAttach(Arguments arguments, PrintStream out, PrintStream err)
            throws UsageException, PackagingException, IOException, InterruptedException {
        Path output = arguments.path("output");
        Path socket = arguments.path("socket");
        Project project = Project.of(arguments);
        new AttachImage(project, socket).make(output, out, err);
    }

    private static int tryOut(Arguments arguments, PrintStream out)
            throws UsageException, PackagingException, IOException, InterruptedException {
        try (PlakarRun trial = PlakarRun.of(arguments)) {
            return trial.run(out);
        }
    }
}
