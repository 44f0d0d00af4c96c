package dev.kloset.files.posix;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Identifies this process among all processes that may work on one file system, and tells which others are still running.
 *
 * <p>Process numbers are meaningful only within one boot of one machine and within one namespace, so these make up the {@link
 * #machine}. The start of a process is the kernel's own count of ticks since the boot. A start in wall-clock time, as in {@link
 * ProcessHandle}, would move when the clock is set. Without {@code /proc}, nothing is known about other processes.
 */
public final class ProcessIdentity {

    /** Stands for a machine that cannot be distinguished from others. */
    static final String UNKNOWN_MACHINE = "unknown";

    private static final Path PROC = Path.of("/proc");
    private static final Path CARDS = Path.of("/sys/class/net");
    private static final int STATE_FIELD = 0;
    private static final int START_FIELD = 19;
    private static final ProcessIdentity SELF = read();

    private final String machine;
    private final long pid;
    private final String start;
    private final int uid;

    public ProcessIdentity(String machine, long pid, String start, int uid) {
        this.machine = machine;
        this.pid = pid;
        this.start = start;
        this.uid = uid;
    }

    public static ProcessIdentity self() {
        return SELF;
    }

    private static ProcessIdentity read() {
        long pid = ProcessHandle.current().pid();
        try {
            CRC32 sum = new CRC32();
            sum.update(Files.readAllBytes(PROC.resolve("sys/kernel/random/boot_id")));
            sum.update(Files.readSymbolicLink(PROC.resolve("self/ns/pid")).toString().getBytes(StandardCharsets.UTF_8));
            distinguishClones(sum);
            int uid = (Integer) Files.getAttribute(PROC.resolve("self"), "unix:uid");
            return new ProcessIdentity(Long.toHexString(sum.getValue()), pid, statusOf(pid)[START_FIELD], uid);
        } catch (IOException | RuntimeException e) {
            return new ProcessIdentity(UNKNOWN_MACHINE, pid, "0", 0);
        }
    }

    /**
     * Add what changes in a clone of a running virtual machine: its name and the addresses of its network cards. Cards without
     * a device come and go, so they do not count. If one of these changes without cloning, this process is a stranger to
     * earlier ones, and nothing is swept too early.
     */
    private static void distinguishClones(CRC32 sum) throws IOException {
        sum.update(Files.readAllBytes(PROC.resolve("sys/kernel/hostname")));
        List<String> addresses = new ArrayList<>();
        try (DirectoryStream<Path> cards = Files.newDirectoryStream(CARDS)) {
            for (Path card : cards) {
                if (Files.exists(card.resolve("device"))) {
                    addresses.add(Files.readString(card.resolve("address")));
                }
            }
        } catch (NoSuchFileException e) {
            // Some containers have no /sys.
        }
        Collections.sort(addresses);
        for (String address : addresses) {
            sum.update(address.getBytes(StandardCharsets.UTF_8));
        }
    }

    public String machine() {
        return machine;
    }

    long pid() {
        return pid;
    }

    String start() {
        return start;
    }

    /** {@return whether this process may access files whatever their modes} */
    public boolean isSuperUser() {
        return !machine.equals(UNKNOWN_MACHINE) && uid == 0;
    }

    /** {@return whether the processes of the user {@code owner} are visible to this one} */
    boolean sees(int owner) {
        return !machine.equals(UNKNOWN_MACHINE) && (uid == 0 || uid == owner);
    }

    /** {@return whether the process {@code pid} of this machine, started at {@code start}, is running} If in doubt, it is. */
    boolean isRunning(long pid, String start) {
        try {
            String[] status = statusOf(pid);
            boolean ended = status[STATE_FIELD].equals("Z") || status[STATE_FIELD].equals("X");
            return !ended && status[START_FIELD].equals(start);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException | RuntimeException e) {
            return true;
        }
    }

    /** {@return the fields of proc_pid_stat(5) from the third on: the second is a name that may contain anything} */
    private static String[] statusOf(long pid) throws IOException {
        String line = Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
        return line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
    }
}
