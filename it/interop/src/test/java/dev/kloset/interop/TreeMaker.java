package dev.kloset.interop;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Makes trees that are hard to back up. The same root gives the same tree. */
final class TreeMaker {

    static final List<String> ODD_NAMES = List.of("with space", " leading", "trailing ", "-rf", "line\nfeed",
            "tab\there",
            "quote'\"`", "back\\slash", "star*?[x]", "percent%20%n", "$HOME", "~tilde", "#hash", "semi;colon",
            "colon:x",
            "@at", "..dots", "...", ".hidden", "naïve", "nai\u0308ve", "日本語", "🗄️", "Ελλάδα", "control\u0001\u007f",
            "x".repeat(255), "é".repeat(127));

    private static final int BIG = 9 * 1024 * 1024 + 17;

    private final Path root;
    private final Random random = new Random(20261123);

    private TreeMaker(Path root) throws IOException {
        this.root = Files.createDirectories(root);
    }

    static TreeMaker in(Path root) throws IOException {
        return new TreeMaker(root);
    }

    /** Make a small tree with every kind of entry, mode and name. */
    static Path varied(Path root) throws IOException {
        TreeMaker maker = in(root);
        maker.plainFiles();
        maker.modes();
        maker.oddNames();
        maker.deepPath(40);
        maker.symbolicLinks();
        maker.hardLinks("hard", 3);
        maker.settleTimes();
        return root;
    }

    void plainFiles() throws IOException {
        file("empty", 0);
        file("one", 1);
        file("hello", 1000);
        file("big", BIG);
        file("docs/readme", 5000);
        Files.createDirectories(root.resolve("docs/nothing inside"));
    }

    void modes() throws IOException {
        for (int mode : new int[]{ 0400, 0444, 0600, 0640, 0755, 0777, 04755, 02755, 06711, 01644 }) {
            Path file = file("modes/" + Integer.toOctalString(mode), 10);
            Files.setAttribute(file, "unix:mode", mode);
        }
        for (int mode : new int[]{ 0700, 0555, 0751, 01777, 02775 }) {
            Path directory = Files.createDirectories(root.resolve("modes/directory " + Integer.toOctalString(mode)));
            file("modes/directory " + Integer.toOctalString(mode) + "/file", 10);
            Files.setAttribute(directory, "unix:mode", mode);
        }
    }

    void oddNames() throws IOException {
        for (String name : ODD_NAMES) {
            file("odd/" + name, name.length());
            file("odd directories/" + name + "/" + name, 3);
        }
    }

    void deepPath(int depth) throws IOException {
        file("deep/" + "a longer name for one level/".repeat(depth) + "bottom", 20);
    }

    void symbolicLinks() throws IOException {
        Path links = Files.createDirectories(root.resolve("links"));
        Files.createSymbolicLink(links.resolve("relative"), Path.of("../hello"));
        Files.createSymbolicLink(links.resolve("absolute"), root.resolve("hello"));
        Files.createSymbolicLink(links.resolve("dangling"), Path.of("no/such/file"));
        Files.createSymbolicLink(links.resolve("directory"), Path.of("../docs"));
        Files.createSymbolicLink(links.resolve("itself"), Path.of("itself"));
        Files.createSymbolicLink(links.resolve("日本"), Path.of("../odd/日本語"));
        Files.createSymbolicLink(links.resolve("long"), Path.of("x/".repeat(1000) + "y"));
    }

    /** Make groups of hard links. Each group has names in two directories. */
    void hardLinks(String below, int groups) throws IOException {
        for (int group = 0; group < groups; group++) {
            Path first = file(below + "/a/" + group, 100 + group);
            Files.createDirectories(root.resolve(below + "/b"));
            Files.createLink(root.resolve(below + "/b/" + group), first);
            Files.createLink(root.resolve(below + "/b/" + group + " again"), first);
        }
    }

    /** Make small files, {@code perDirectory} in each directory. */
    void manyFiles(int count, int perDirectory) throws IOException {
        for (int i = 0; i < count; i++) {
            file("many/" + i / perDirectory / 100 + "/" + i / perDirectory + "/file " + i, random.nextInt(300));
        }
    }

    /** Give files extended attributes. */
    void extendedAttributes(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            Path file = file("xattrs/" + i, 10);
            UserDefinedFileAttributeView view = Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
            view.write("plain", StandardCharsets.UTF_8.encode("value of " + i));
            view.write("名前", StandardCharsets.UTF_8.encode("x".repeat(i)));
        }
    }

    /** Make a file with a hole, and a byte at its end. */
    Path sparse(String name, long size) throws IOException {
        Path file = Files.createDirectories(root.resolve("sparse")).resolve(name);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE,
                StandardOpenOption.SPARSE)) {
            channel.write(ByteBuffer.wrap(new byte[]{ 1 }), size - 1);
        }
        return file;
    }

    /** Make files whose content only privileged users may read. */
    void unreadable(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            Files.setAttribute(file("unreadable/" + i, 10), "unix:mode", 0);
        }
    }

    /** {@return a new file with reproducible bytes} */
    Path file(String name, int size) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        byte[] buffer = new byte[Math.min(size, 1 << 16)];
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            for (int left = size; left > 0; left -= buffer.length) {
                random.nextBytes(buffer);
                out.write(buffer, 0, Math.min(left, buffer.length));
            }
        }
        return file;
    }

    /** Run a shell script for what Java cannot make: names that are not text, and special files. */
    static void shell(Path directory, String script) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("/bin/sh", "-ec", script).directory(directory.toFile())
                .inheritIO()
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("exit " + exit + " from: " + script);
        }
    }

    /** Give every entry a time of its own, exact to the nanosecond; contents come before their directory. */
    void settleTimes() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Instant time = Instant.ofEpochSecond(random.nextLong(4_000_000_000L), random.nextInt(1_000_000_000));
                setModTime(path, time);
            }
        }
    }

    static void setModTime(Path path, Instant time) throws IOException {
        Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(FileTime.from(time), null, null);
    }
}
