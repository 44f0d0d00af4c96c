package dev.kloset.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * Another machine, simulated on this one as well as possible: another home, working directory, directory for temporary files,
 * time zone and language, and, if root runs this, another user as well.
 */
final class AnotherMachine {

    private static final int NOBODY = 65534;
    private static final List<String> AS_NOBODY = List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY,
            "--clear-groups", "--");

    private final Path home;
    private final Path temporary;
    private final boolean isNobody;

    /**
     * @param directory an empty directory that all users may be allowed to see
     */
    AnotherMachine(Path directory) throws IOException, InterruptedException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        this.home = Files.createDirectories(directory.resolve("home/of somebody else"));
        this.temporary = Files.createDirectories(directory.resolve("temporary"));
        this.isNobody = uid(directory) == 0 && mayRun(KlosetCommand.script());
        if (isNobody) {
            Files.setAttribute(home, "unix:uid", NOBODY);
            Files.setAttribute(temporary, "unix:uid", NOBODY);
        }
    }

    private static int uid(Path file) throws IOException {
        return (Integer) Files.getAttribute(file, "unix:uid");
    }

    /** {@return whether the other user may run {@code program}} A checkout in root's own directory is closed to other users. */
    private static boolean mayRun(Path program) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(AS_NOBODY);
        line.addAll(List.of("test", "-x", program.toString()));
        return new ProcessBuilder(line).inheritIO().start().waitFor() == 0;
    }

    /** {@return whether another user is at work there} */
    boolean hasAnotherUser() {
        return isNobody;
    }

    /** {@return a directory in which the other user may write} */
    Path temporary() {
        return temporary;
    }

    /** {@return a copy of {@code file} there, under the same name} */
    Path bring(Path file) throws IOException {
        Path brought = Files.copy(file, home.resolve(file.getFileName()));
        Files.setPosixFilePermissions(brought, PosixFilePermissions.fromString("rw-r--r--"));
        return brought;
    }

    /** Run {@code kloset} there. */
    KlosetCommand.Run kloset(String... args) throws IOException, InterruptedException {
        KlosetCommand command = new KlosetCommand(home).with("HOME", home.toString())
                .with("USER", "somebody")
                .with("TMPDIR", temporary.toString())
                .with("KLOSET_CLI_JAVA_OPTS", "-Djava.io.tmpdir=" + temporary)
                .with("TZ", "Pacific/Kiritimati")
                .with("LC_ALL", "C");
        if (!isNobody) {
            return command.run(args);
        }
        List<String> line = new ArrayList<>(AS_NOBODY.subList(1, AS_NOBODY.size()));
        line.add(KlosetCommand.script().toString());
        line.addAll(List.of(args));
        return command.finish(command.startProgram(Path.of(AS_NOBODY.getFirst()), line.toArray(String[]::new)));
    }
}
