package dev.kloset.release;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks GnuPG about signatures.
 *
 * @param home the directory with the keys, if it is not that of the user
 */
record Signatures(Optional<Path> home) {

    boolean valid(Path signature, Path file) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("gpg", "--batch", "--quiet"));
        home.ifPresent(directory -> command.addAll(List.of("--homedir", directory.toString())));
        command.addAll(List.of("--verify", signature.toString(), file.toString()));
        Process gpg = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        gpg.getOutputStream().close();
        return gpg.waitFor() == 0;
    }
}
