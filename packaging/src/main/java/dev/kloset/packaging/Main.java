package dev.kloset.packaging;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The entry point for build tools and scripts: {@code Main COMMAND --option value ...}. An argument {@code @FILE} stands
 * for the lines of that file. Progress goes to standard output, what went wrong to standard error.
 *
 * <p>Exit status: 0 done, 1 cannot be done (with the reason), 2 wrong usage; {@code run} ends with Plakar's own.
 */
public final class Main {

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private Main() {}

    @SuppressWarnings("SystemOut") // It speaks to the person, or the build, that has started it.
    public static void main(String[] args) throws InterruptedException {
        System.exit(run(args, System.out, System.err));
    }

    static int run(String[] args, PrintStream out, PrintStream err) throws InterruptedException {
        if (args.length == 0 || args[0].equals("help") || args[0].equals("--help")) {
            (args.length == 0 ? err : out).print(Usage.TEXT);
            return args.length == 0 ? USAGE : OK;
        }
        try {
            return run(args[0], Arguments.parse(args, 1), out);
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

    private static int run(String command, Arguments arguments, PrintStream out)
            throws UsageException, PackagingException, IOException, InterruptedException {
        switch (command) {
            case "manifest" -> writeManifest(arguments, out);
            case "image" -> makeImage(arguments, out);
            case "package" -> makePackage(arguments, out);
            case "attach" -> prepareAttach(arguments, out);
            case "run" -> {
                return tryOut(arguments, out);
            }
            default ->
                throw new UsageException("\"" + command + "\" is no command: there are manifest, image, package, "
                        + "run and attach");
        }
        return OK;
    }

    private static void writeManifest(Arguments arguments, PrintStream out)
            throws UsageException, PackagingException, IOException, InterruptedException {
        Path output = arguments.path("output");
        Project project = Project.of(arguments);
        arguments.end();
        Schemas described = project.manifest();
        described.write(Objects.requireNonNull(output.toAbsolutePath().getParent()));
        Directories.write(output, described.manifest().yaml());
        out.println("manifest of " + described.manifest().name() + ": " + output);
    }

    private static void makeImage(Arguments arguments, PrintStream out)
            throws UsageException, PackagingException, IOException, InterruptedException {
        Path output = arguments.path("output");
        Project project = Project.of(arguments);
        Image image = Image.of(arguments, project);
        arguments.end();
        image.make(output, out);
    }

    private static void makePackage(Arguments arguments, PrintStream out)
            throws UsageException, PackagingException, IOException, InterruptedException {
        PackageFile file = PackageFile.of(arguments);
        arguments.end();
        file.make(out);
    }

    private static void prepareAttach(Arguments arguments, PrintStream out)
            throws UsageException, PackagingException, IOException, InterruptedException {
        Path output = arguments.path("output");
        Path socket = arguments.path("socket");
        Project project = Project.of(arguments);
        arguments.end();
        new AttachImage(project, socket).make(output, out);
    }

    private static int tryOut(Arguments arguments, PrintStream out)
            throws UsageException, PackagingException, IOException, InterruptedException {
        try (Trial trial = Trial.of(arguments)) {
            arguments.end();
            return trial.run(out);
        }
    }
}
