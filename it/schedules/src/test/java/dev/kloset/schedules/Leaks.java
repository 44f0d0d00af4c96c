package dev.kloset.schedules;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds what a session must not leave behind: threads of either kind, descriptors, files, child processes. */
final class Leaks {

    private static final Pattern THREAD = Pattern.compile("^#(\\d+) \"([^\"]*)\"", Pattern.MULTILINE);
    /** Threads that Java itself starts on demand and keeps, and the thread of a plugin's log, which serves the whole process. */
    private static final Pattern JAVAS_OWN = Pattern.compile("ForkJoinPool.*|VirtualThread-un.*|process reaper.*|"
            + "Common-Cleaner|.*-Poller.*|Attach Listener|C[12] CompilerThread.*|Signal Dispatcher|surefire.*|JNA.*|log reminder");
    /** Files that Java opens on demand and keeps open. */
    private static final Pattern JAVAS_FILES = Pattern.compile("/dev/u?random|.*\\.jar|.*/modules|/proc/.*");
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long LOOK_AGAIN_NANOS = 2_000_000;

    private final Path directory;
    private final long lastThread;
    private final List<String> descriptors;
    private final List<Path> files;

    /** Record what exists now. */
    Leaks(Path directory) throws IOException {
        this.directory = directory;
        dump(); // opens what it needs once and then keeps
        this.lastThread = THREAD.matcher(dump()).results().mapToLong(m -> Long.parseLong(m.group(1))).max().orElse(0);
        this.descriptors = descriptors();
        this.files = files();
    }

    /** Fail if there is more than was recorded, after giving it a few seconds to go away. */
    void check() throws IOException {
        long deadline = System.nanoTime() + 10 * SECOND_NANOS;
        String rest = rest();
        while (!rest.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            rest = rest();
        }
        if (!rest.isEmpty()) {
            throw new AssertionError("left behind: " + rest);
        }
    }

    private String rest() throws IOException {
        StringBuilder rest = new StringBuilder();
        String dump = dump();
        Matcher matcher = THREAD.matcher(dump);
        while (matcher.find()) {
            if (Long.parseLong(matcher.group(1)) > lastThread && !JAVAS_OWN.matcher(matcher.group(2)).matches()) {
                int end = dump.indexOf("\n\n", matcher.start());
                rest.append("thread ").append(dump, matcher.start(), end < 0 ? dump.length() : end).append('\n');
            }
        }
        List<String> more = new ArrayList<>(descriptors());
        descriptors.forEach(more::remove);
        if (!more.isEmpty()) {
            rest.append("descriptors of ").append(more).append('\n');
        }
        List<Path> now = files();
        if (!now.equals(files)) {
            rest.append("files ").append(now).append('\n');
        }
        long children = ProcessHandle.current().children().count();
        if (children > 0) {
            rest.append(children).append(" processes\n");
        }
        return rest.toString();
    }

    private static List<String> descriptors() throws IOException {
        List<String> targets = new ArrayList<>();
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            for (Path one : all.toList()) {
                try {
                    targets.add(Files.readSymbolicLink(one).toString());
                } catch (NoSuchFileException e) {
                    // It was the descriptor of the listing itself.
                }
            }
        }
        return targets.stream().filter(target -> !JAVAS_FILES.matcher(target).matches()).toList();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.sorted(Comparator.naturalOrder()).toList();
        }
    }

    private String dump() throws IOException {
        Path file = directory.resolve("threads");
        try {
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
            return Files.readString(file);
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
