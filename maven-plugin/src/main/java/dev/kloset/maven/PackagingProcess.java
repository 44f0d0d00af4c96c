package dev.kloset.maven;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;

/**
 * The packaging library in a JVM of its own.
 *
 * @param directory the directory for the files with its arguments and its errors
 */
record PackagingProcess(Path javaHome, String classPath, Path directory, Log log) {

    private static final String MAIN = "dev.kloset.packaging.Main";

    /**
     * Run one command of the library. Blocks until it ends; its output goes to the log.
     *
     * @throws MojoFailureException with the library's own sentences
     */
    void succeed(String command, CommandLine line) throws MojoFailureException, MojoExecutionException, IOException {
        Path errors = directory.resolve(command + ".errors");
        ProcessBuilder builder = builder(command, line).redirectError(errors.toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(empty().toFile()));
        Process process = builder.start();
        int exit;
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String text = out.readLine(); text != null; text = out.readLine()) {
                log.info(text);
            }
            exit = end(process);
        } finally {
            process.destroy();
        }
        List<String> said = Files.readAllLines(errors);
        if (exit != 0) {
            throw new MojoFailureException(said.isEmpty()
                    ? command + " ended with exit status " + exit
                    : String.join(System.lineSeparator(), said));
        }
        said.forEach(log::warn);
    }

    /** {@return the exit status of a command that uses Maven's own input and output} */
    int converse(String command, CommandLine line) throws MojoExecutionException, IOException {
        Process process = builder(command, line).inheritIO().start();
        try {
            return end(process);
        } finally {
            process.destroy();
            Files.deleteIfExists(arguments(command)); // the file contains the user's words, which may include passwords
        }
    }

    private ProcessBuilder builder(String command, CommandLine line) throws IOException {
        Files.createDirectories(directory);
        Path arguments = arguments(command);
        Files.deleteIfExists(arguments);
        if (arguments.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(arguments,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.write(arguments, line.lines());
        ProcessBuilder builder = new ProcessBuilder(javaHome.resolve("bin").resolve("java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8",
                "-cp", classPath, MAIN, command, "@" + arguments);
        // These options are for the Java that runs Maven, which may be another one.
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        String locale = builder.environment().getOrDefault("LC_ALL", builder.environment().getOrDefault("LANG", ""));
        if (locale.isEmpty()) {
            // Java reads file names in the encoding of the locale.
            builder.environment().put("LC_ALL", "C.UTF-8");
        }
        return builder;
    }

    private Path arguments(String command) {
        return directory.resolve(command + ".arguments");
    }

    private Path empty() throws IOException {
        return Files.write(directory.resolve("nothing"), new byte[0]);
    }

    private static int end(Process process) throws MojoExecutionException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MojoExecutionException("interrupted", e);
        }
    }
}
