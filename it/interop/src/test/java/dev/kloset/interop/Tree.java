package dev.kloset.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.opentest4j.AssertionFailedError;

/** Everything in a directory tree that a backup should restore. Paths are relative; the tree itself is "". */
final class Tree {

    private static final int DIFFERENCES_SHOWN = 20;
    private static final int FILE_TYPE = 0170000;
    private static final int REGULAR = 0100000;
    private static final int DIRECTORY = 0040000;

    private final SortedMap<String, Node> nodes;
    private final Duration tolerance;

    private Tree(SortedMap<String, Node> nodes, Duration tolerance) {
        this.nodes = nodes;
        this.tolerance = tolerance;
    }

    /**
     * One entry.
     *
     * @param linkedTo the first path of the same file; its own path if there is no other
     */
    record Node(int mode, Instant modTime, String owner, String target, String digest, String linkedTo, String xattrs) {

        boolean isRegular() {
            return (mode & FILE_TYPE) == REGULAR;
        }

        boolean isDirectory() {
            return (mode & FILE_TYPE) == DIRECTORY;
        }

        Node linkedTo(String path) {
            return new Node(mode, modTime, owner, target, digest, path, xattrs);
        }

        Object get(Aspect aspect) {
            return switch (aspect) {
                case BYTES -> digest;
                case MODE -> Integer.toOctalString(mode);
                case MOD_TIME -> modTime;
                case OWNER -> owner;
                case TARGET -> target;
                case HARD_LINKS -> linkedTo;
                case XATTRS -> xattrs;
            };
        }
    }

    static Tree of(Path root) throws IOException {
        Reader reader = new Reader(root);
        Files.walkFileTree(root, reader);
        reader.nodes.replaceAll((path, node) -> node.linkedTo(reader.firstPaths.getOrDefault(node.linkedTo, path)));
        return new Tree(reader.nodes, Duration.ZERO);
    }

    /** {@return this tree, to be compared with times that may differ by {@code tolerance}} */
    Tree within(Duration tolerance) {
        return new Tree(nodes, tolerance);
    }

    Set<String> paths() {
        return nodes.keySet();
    }

    Node node(String path) {
        return Objects.requireNonNull(nodes.get(path), path);
    }

    long regularFiles() {
        return nodes.values().stream().filter(Node::isRegular).count();
    }

    long directories() {
        return nodes.values().stream().filter(Node::isDirectory).count();
    }

    /** Fail with a readable list of any differences, except in {@code ignored} aspects. */
    void assertSame(Tree actual, Aspect... ignored) {
        List<String> differences = differences(actual, ignored);
        if (!differences.isEmpty()) {
            List<String> shown = differences.subList(0, Math.min(DIFFERENCES_SHOWN, differences.size()));
            throw new AssertionFailedError(
                    differences.size() + " differences:\n  " + String.join("\n  ", shown));
        }
    }

    List<String> differences(Tree actual, Aspect... ignored) {
        EnumSet<Aspect> aspects = EnumSet.allOf(Aspect.class);
        aspects.removeAll(List.of(ignored));
        List<String> differences = new ArrayList<>();
        nodes.forEach((path, node) -> {
            Node other = actual.nodes.get(path);
            if (other == null) {
                differences.add("missing: " + readable(path));
            } else {
                compare(path, node, other, aspects, differences);
            }
        });
        actual.nodes.keySet()
                .stream()
                .filter(path -> !nodes.containsKey(path))
                .forEach(path -> differences.add("too much: " + readable(path)));
        return differences;
    }

    private void compare(String path, Node expected, Node actual, Set<Aspect> aspects, List<String> differences) {
        for (Aspect aspect : aspects) {
            Object wanted = expected.get(aspect);
            Object got = actual.get(aspect);
            if (!wanted.equals(got) && !isNear(wanted, got)) {
                differences.add(readable(path) + ": " + aspect + " was " + wanted + ", came back as " + got);
            }
        }
    }

    private boolean isNear(Object wanted, Object got) {
        return wanted instanceof Instant a && got instanceof Instant b
                && Duration.between(a, b).abs().compareTo(tolerance) <= 0;
    }

    private static String readable(String path) {
        String shown = path.length() <= 100 ? path : path.substring(0, 50) + "..." + path.substring(path.length() - 50);
        return "/" + shown.replace("\n", "\\n");
    }

    /** Reads one tree. */
    private static final class Reader extends SimpleFileVisitor<Path> {

        private final Path root;
        private final SortedMap<String, Node> nodes = new TreeMap<>();
        /** The first path of every file with several names, by inode. */
        private final Map<String, String> firstPaths = new HashMap<>();

        private final boolean hasXattrs;

        Reader(Path root) throws IOException {
            this.root = root;
            this.hasXattrs = Files.getFileStore(root).supportsFileAttributeView(UserDefinedFileAttributeView.class);
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
            add(directory, attributes);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            add(file, attributes);
            return FileVisitResult.CONTINUE;
        }

        private void add(Path file, BasicFileAttributes basic) throws IOException {
            Map<String, Object> unix = Files.readAttributes(file, "unix:mode,uid,gid,nlink,ino,lastModifiedTime",
                    LinkOption.NOFOLLOW_LINKS);
            String path = root.relativize(file).toString();
            nodes.put(path, new Node((Integer) fact(unix, "mode"),
                    ((FileTime) fact(unix, "lastModifiedTime")).toInstant(),
                    fact(unix, "uid") + ":" + fact(unix, "gid"),
                    basic.isSymbolicLink() ? Files.readSymbolicLink(file).toString() : "",
                    basic.isRegularFile() ? digest(file) : "",
                    basic.isRegularFile() && (Integer) fact(unix, "nlink") > 1
                            ? sharedInode(fact(unix, "ino").toString(), path)
                            : path,
                    hasXattrs && (basic.isRegularFile() || basic.isDirectory()) // opening a pipe would wait for a writer
                            ? xattrs(file)
                            : "{}"));
        }

        private String sharedInode(String inode, String path) {
            firstPaths.merge(inode, path, (a, b) -> a.compareTo(b) < 0 ? a : b);
            return inode;
        }

        private static Object fact(Map<String, Object> unix, String name) {
            return Objects.requireNonNull(unix.get(name), name);
        }

        private static String digest(Path file) throws IOException {
            try (InputStream in = Files.newInputStream(file)) {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                byte[] buffer = new byte[1 << 17];
                long size = 0;
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    digest.update(buffer, 0, n);
                    size += n;
                }
                return size + " bytes " + HexFormat.of().formatHex(digest.digest(), 0, 8);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        private static String xattrs(Path file) throws IOException {
            UserDefinedFileAttributeView view = Files.getFileAttributeView(file, UserDefinedFileAttributeView.class,
                    LinkOption.NOFOLLOW_LINKS);
            Map<String, String> values = new TreeMap<>();
            for (String name : view == null ? List.<String>of() : view.list()) {
                ByteBuffer value = ByteBuffer.allocate(view.size(name));
                view.read(name, value);
                values.put(name, UTF_8.decode(value.flip()).toString());
            }
            return values.toString();
        }
    }
}
