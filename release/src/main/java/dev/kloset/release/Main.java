package dev.kloset.release;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Makes and checks a bundle: {@code STAGING VERSION BUNDLE} makes BUNDLE from the files of VERSION in STAGING and checks it,
 * {@code BUNDLE} checks one that exists. Exits with 1 if it breaks a rule.
 */
public final class Main {

    private Main() {}

    @SuppressWarnings("SystemOut") // a program of its own
    public static void main(String[] args) throws IOException, InterruptedException {
        System.exit(run(System.out, args));
    }

    static int run(PrintStream out, String... args) throws IOException, InterruptedException {
        if (args.length != 1 && args.length != 3) {
            out.println("arguments: STAGING VERSION BUNDLE, or BUNDLE");
            return 2;
        }
        Path bundle = Path.of(args[args.length - 1]);
        if (args.length == 3) {
            Bundle.write(Path.of(args[0]), args[1], bundle);
        }
        Path directory = Files.createTempDirectory("bundle");
        try {
            Bundle.unpack(bundle, directory);
            List<String> problems = new BundleCheck(directory, Files.size(bundle), new Signatures(Optional.empty()))
                    .problems();
            problems.forEach(problem -> out.println("bundle: " + problem));
            out.println("bundle: " + bundle + " (" + Files.size(bundle) / 1024 + " KiB) "
                    + (problems.isEmpty() ? "keeps the rules of the portal" : "breaks rules: " + problems.size()));
            return problems.isEmpty() ? 0 : 1;
        } finally {
            Bundle.delete(directory);
        }
    }
}
