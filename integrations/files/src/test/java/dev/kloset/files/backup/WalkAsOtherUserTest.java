package dev.kloset.files.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the walk may not read. Nothing is forbidden to the super-user, who therefore runs another user's process. */
class WalkAsOtherUserTest {

    private static final List<String> AS_NOBODY = List.of("setpriv", "--reuid=65534", "--regid=65534",
            "--clear-groups");

    @TempDir
    private Path root;

    private Path locked;

    @BeforeEach
    void lock() throws IOException {
        mode(root, "rwxr-xr-x");
        mode(Files.writeString(root.resolve("open"), "public"), "rw-r--r--");
        locked = Files.createDirectory(root.resolve("locked"));
        Files.writeString(locked.resolve("f"), "x");
        Path listedOnly = Files.createDirectory(root.resolve("listed"));
        Files.writeString(listedOnly.resolve("f"), "x");
        mode(locked, "---------");
        mode(listedOnly, "r--r--r--");
    }

    @AfterEach
    void unlock() throws IOException {
        mode(locked, "rwx------");
        mode(root.resolve("listed"), "rwx------");
    }

    @Test
    void unreadableDirectoriesAreReportedAndTheRestGoesOn() throws Exception {
        List<String> lines = WalkProbe.lines(root.toString(), "C.UTF-8", prefix());
        assertThat(lines).contains("-rw-r--r-- " + root + "/open public", "d--------- " + locked,
                "error " + locked + ": cannot list the directory: permission denied",
                "error " + root + "/listed/f: cannot read the metadata: permission denied");
        assertThat(lines).filteredOn(line -> line.startsWith("error")).hasSize(2);
    }

    private static String[] prefix() throws IOException, InterruptedException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return new String[0];
        }
        for (String place : (WalkProbe.classPath() + ":" + System.getProperty("java.home")).split(":", -1)) {
            Assumptions.assumeTrue(isReadableByNobody(place), () -> "nobody may not read " + place);
        }
        return AS_NOBODY.toArray(String[]::new);
    }

    private static boolean isReadableByNobody(String place) throws InterruptedException {
        var command = new ArrayList<>(AS_NOBODY);
        command.addAll(List.of("test", "-r", place));
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static void mode(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
}
