import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.AclEntry;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.HdfsConfiguration;
import org.apache.hadoop.hdfs.protocol.HdfsFileStatus;

/**
 * The superuser of a cluster, in a process of its own, run from its source on the class path of Hadoop's client. It does what
 * standard input says, a command a line, answers each with a line, and ends with standard input.
 *
 * <p>Arguments: the location of the cluster.
 */
final class HdfsMain {

    private static final PrintStream ANSWERS = System.out;
    private static final int PER_DIRECTORY = 250;
    private static final int WORKERS = 16;
    private static final String CODING = "XOR-2-1-1024k";

    private final DistributedFileSystem files;

    private HdfsMain(DistributedFileSystem files) {
        this.files = files;
    }

    public static void main(String[] args) throws Exception {
        System.setOut(System.err);
        HdfsConfiguration conf = new HdfsConfiguration();
        conf.set("dfs.replication", "1");
        conf.setBoolean("dfs.client.block.write.replace-datanode-on-failure.enable", false);
        conf.set("dfs.client.block.write.locateFollowingBlock.initial.delay.ms", "20");
        HdfsMain main = new HdfsMain((DistributedFileSystem) DistributedFileSystem.get(URI.create(args[0]), conf));
        ANSWERS.println("ready");
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            ANSWERS.println(main.obey(line.split(" ")));
        }
    }

    private String obey(String[] words) throws Exception {
        return switch (words[0]) {
            case "tree" -> tree(new Path(words[1]), Integer.parseInt(words[2]), Integer.parseInt(words[3]));
            case "rename" -> Boolean.toString(files.rename(new Path(words[1]), new Path(words[2])));
            case "delete" -> Boolean.toString(files.delete(new Path(words[1]), true));
            case "count" -> {
                var summary = files.getContentSummary(new Path(words[1]));
                yield summary.getFileCount() + " " + summary.getLength();
            }
            case "kept" -> kept(new Path(words[1]), new Path(words[2]));
            case "writes" -> rate(Integer.parseInt(words[1]), Integer.parseInt(words[2]), this::write);
            case "reads" -> rate(Integer.parseInt(words[1]), Integer.parseInt(words[2]), this::read);
            default -> throw new IllegalArgumentException(String.join(" ", words));
        };
    }

    /** A tree of two halves, of which a snapshot may be made; some of it has what HDFS alone knows. */
    private String tree(Path root, int count, int size) throws Exception {
        files.mkdirs(root);
        files.enableErasureCodingPolicy(CODING);
        for (int i = 0; i < count; i += PER_DIRECTORY) {
            files.mkdirs(file(root, count, i).getParent());
        }
        coded(root);
        atOnce(count, i -> {
            byte[] bytes = new byte[size];
            new Random(i).nextBytes(bytes);
            Path file = file(root, count, i);
            write(file, bytes);
            own(file, i);
        });
        files.allowSnapshot(root);
        return obey(new String[]{ "count", root.toString() });
    }

    private static Path file(Path root, int count, int number) {
        return new Path(root, (number < (count + 1) / 2 ? "first" : "second") + "/d" + number / PER_DIRECTORY + "/file"
                + number);
    }

    /** A directory with erasure coding, for which a block needs two DataNodes and a third one. */
    private void coded(Path root) throws Exception {
        Path directory = new Path(root, "second/coded");
        files.mkdirs(directory);
        files.setErasureCodingPolicy(directory, CODING);
        for (int i = 0; i < 5; i++) {
            byte[] bytes = new byte[100_000 + i];
            new Random(i).nextBytes(bytes);
            write(new Path(directory, "file" + i), bytes);
        }
    }

    private void write(Path file, byte[] bytes) throws Exception {
        try (OutputStream out = files.create(file)) {
            out.write(bytes);
        }
    }

    /** Every fourth file has an owner of its own, every tenth a list, every tenth an attribute. */
    private void own(Path file, int number) throws Exception {
        if (number % 4 == 0) {
            files.setOwner(file, "owner" + number % 7, "group" + number % 3);
        }
        if (number % 10 == 1) {
            files.setAcl(file, AclEntry.parseAclSpec("user::rw-,user:reader:r--,group::r--,mask::r--,other::---", true));
        }
        if (number % 10 == 2) {
            files.setXAttr(file, "user.origin", ("value " + number).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** {@return for bytes, owners, lists, attributes, coding: how much the first tree has, and how much of that the second one kept} */
    private String kept(Path source, Path restored) throws Exception {
        SortedMap<String, List<String>> before = view(source);
        SortedMap<String, List<String>> after = view(restored);
        List<String> answer = new ArrayList<>();
        for (int aspect = 0; aspect < 5; aspect++) {
            int which = aspect;
            List<Map.Entry<String, List<String>>> has = before.entrySet()
                    .stream()
                    .filter(each -> !each.getValue().get(which).isEmpty())
                    .toList();
            long kept = has.stream()
                    .filter(each -> after.containsKey(each.getKey())
                            && after.get(each.getKey()).get(which).equals(each.getValue().get(which)))
                    .count();
            answer.add(has.size() + " " + kept);
        }
        return String.join(" ", answer);
    }

    private SortedMap<String, List<String>> view(Path root) throws Exception {
        SortedMap<String, FileStatus> all = new TreeMap<>();
        walk(root, "", all);
        List<String> paths = List.copyOf(all.keySet());
        SortedMap<String, List<String>> view = new ConcurrentSkipListMap<>();
        atOnce(paths.size(), i -> view.put(paths.get(i), words(all.get(paths.get(i)))));
        return view;
    }

    private void walk(Path directory, String prefix, SortedMap<String, FileStatus> all) throws Exception {
        for (FileStatus status : files.listStatus(directory)) {
            String path = prefix + "/" + status.getPath().getName();
            all.put(path, status);
            if (status.isDirectory()) {
                walk(status.getPath(), path, all);
            }
        }
    }

    private List<String> words(FileStatus status) throws Exception {
        Map<String, String> xattrs = new TreeMap<>();
        files.getXAttrs(status.getPath()).forEach((name, value) -> xattrs.put(name, HexFormat.of().formatHex(value)));
        var coding = ((HdfsFileStatus) status).getErasureCodingPolicy();
        return List.of(status.isFile() ? hash(status) : "", status.getOwner() + ":" + status.getGroup(),
                status.hasAcl() ? files.getAclStatus(status.getPath()).getEntries().toString() : "",
                xattrs.isEmpty() ? "" : xattrs.toString(), coding == null ? "" : coding.getName());
    }

    private String hash(FileStatus status) throws Exception {
        byte[] bytes = new byte[(int) status.getLen()];
        try (FSDataInputStream in = files.open(status.getPath())) {
            in.readFully(bytes);
        }
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    /** {@return how often a second so many threads do something, and how long one waits for it, in milliseconds} */
    private String rate(int threads, int millis, Numbered work) throws Exception {
        AtomicLong done = new AtomicLong();
        long begun = System.nanoTime();
        long end = begun + millis * 1_000_000L;
        atOnce(threads, threads, thread -> {
            while (System.nanoTime() < end) {
                work.with(thread);
                done.incrementAndGet();
            }
        });
        double seconds = (System.nanoTime() - begun) / 1e9;
        return done.get() / seconds + " " + threads * seconds / done.get() * 1e3;
    }

    /** What a NameNode does for an object that is stored, without a block: create, complete, rename. */
    private void write(int thread) throws Exception {
        Path file = new Path("/calls/tmp" + thread);
        files.create(file, FsPermission.getFileDefault(), EnumSet.of(CreateFlag.CREATE, CreateFlag.OVERWRITE), 4096,
                (short) 1, 1 << 27, null).close();
        files.rename(file, new Path("/calls/object" + thread), Options.Rename.OVERWRITE);
    }

    private void read(int thread) throws Exception {
        files.getFileStatus(new Path("/calls/object" + thread));
    }

    private interface Numbered {
        void with(int number) throws Exception;
    }

    private static void atOnce(int count, Numbered work) throws Exception {
        atOnce(count, WORKERS, work);
    }

    private static void atOnce(int count, int workers, Numbered work) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(workers)) {
            List<Callable<Void>> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                all.add(() -> {
                    work.with(number);
                    return null;
                });
            }
            for (Future<Void> done : threads.invokeAll(all)) {
                done.get();
            }
        }
    }
}
