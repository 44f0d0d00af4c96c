package dev.kloset.interop;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A file system that exists for one test. On a machine without this kind of file system the test is skipped, with a message. */
final class MountedFileSystem implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int IMAGE_MEGABYTES = 200;

    private final Path at;
    private final String afterwards;

    private MountedFileSystem(Path at, String afterwards) {
        this.at = at;
        this.afterwards = afterwards;
    }

    /** {@return a new file system that the kernel keeps in an image next to {@code at}} */
    static MountedFileSystem image(Path at, String type, String debianPackage)
            throws IOException, InterruptedException {
        Shell.require(Map.of("mkfs." + type, debianPackage));
        Path image = newImage(at);
        String make = type.equals("btrfs") || type.equals("ext4") ? " -q " : " ";
        Shell.ok(at, "mkfs." + type + make + image + " > /dev/null");
        return mounted(at, "mount -o loop " + image + " " + at, "");
    }

    /** {@return a file system in memory, with these options} */
    static MountedFileSystem memory(Path at, String options) throws IOException, InterruptedException {
        return mounted(at, "mount -t tmpfs -o " + options + " none " + at, "");
    }

    /** {@return exFAT, as on a USB stick that is passed around, with a driver outside the kernel} */
    static MountedFileSystem exfat(Path at) throws IOException, InterruptedException {
        requireFuse("mount.exfat-fuse", "exfat-fuse");
        Shell.require(Map.of("mkfs.exfat", "exfatprogs"));
        Path image = newImage(at);
        Shell.ok(at, "mkfs.exfat " + image + " > /dev/null");
        Outcome device = Shell.run(at, "losetup --find --show " + image);
        assumeTrue(device.exit() == 0, () -> "allow loop devices: " + device.err().strip());
        String loop = device.out().strip();
        return mounted(at, "mount.exfat-fuse " + loop + " " + at, "losetup --detach " + loop);
    }

    /** {@return NTFS that does not distinguish upper and lower case} */
    static MountedFileSystem folding(Path at) throws IOException, InterruptedException {
        requireFuse("lowntfs-3g", "ntfs-3g");
        Path image = newImage(at);
        Shell.ok(at, "mkfs.ntfs --force --quick " + image + " > /dev/null 2>&1");
        return mounted(at, "lowntfs-3g -o ignore_case " + image + " " + at, "");
    }

    /** {@return the tree {@code source} a second time, by a process outside the kernel} */
    static MountedFileSystem bind(Path source, Path at, String options) throws IOException, InterruptedException {
        requireFuse("bindfs", "bindfs");
        return mounted(at, "bindfs " + options + " " + source + " " + at, "");
    }

    /** {@return several trees as one} */
    static MountedFileSystem union(Path at, Path one, Path other) throws IOException, InterruptedException {
        requireFuse("mergerfs", "mergerfs");
        return mounted(at, "mergerfs -o minfreespace=0 " + one + ":" + other + " " + at, "");
    }

    static void requireFuse(String program, String debianPackage) {
        Shell.require(Map.of(program, debianPackage));
        assumeTrue(Files.isWritable(Path.of("/dev/fuse")), "allow /dev/fuse");
    }

    private static Path newImage(Path at) throws IOException, InterruptedException {
        Path image = at.resolveSibling(Files.createDirectories(at).getFileName() + ".image");
        Shell.ok(at, "truncate --size=" + IMAGE_MEGABYTES + "M " + image);
        return image;
    }

    private static MountedFileSystem mounted(Path at, String command, String afterwards)
            throws IOException, InterruptedException {
        Files.createDirectories(at);
        Outcome outcome = Shell.run(Path.of("/"), command);
        assumeTrue(outcome.exit() == 0, () -> "cannot be mounted here: " + command + ": " + outcome.text().strip());
        return new MountedFileSystem(at, afterwards);
    }

    Path path() {
        return at;
    }

    /** Unmount, even if a plugin that is about to end still has a file open. */
    @Override
    public void close() throws IOException {
        Await.until("nobody uses " + at, PATIENCE, () -> quietly("umount " + at));
        if (!afterwards.isEmpty()) {
            Await.until(afterwards, PATIENCE, () -> quietly(afterwards));
        }
    }

    private static boolean quietly(String command) throws IOException {
        try {
            return Shell.run(Path.of("/"), command).exit() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + command + " runs", e);
        }
    }
}
