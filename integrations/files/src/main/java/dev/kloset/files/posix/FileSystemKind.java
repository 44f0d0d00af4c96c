package dev.kloset.files.posix;

import java.util.Map;

/**
 * The purpose of a file system.
 *
 * @param name the system's name for it; empty for file systems that keep files
 */
public record FileSystemKind(String name) {

    public static final FileSystemKind WITH_FILES = new FileSystemKind("");

    private static final class Holder {
        // <linux/magic.h> and the sources of each: views of the kernel, whose "files" are generated when they are read.
        private static final Map<Long, String> PSEUDO = Map.ofEntries(Map.entry(0x9FA0L, "proc"),
                Map.entry(0x62656572L, "sysfs"), Map.entry(0x27E0EBL, "cgroup"), Map.entry(0x63677270L, "cgroup2"),
                Map.entry(0x1CD1L, "devpts"), Map.entry(0x64626720L, "debugfs"), Map.entry(0x74726163L, "tracefs"),
                Map.entry(0x73636673L, "securityfs"), Map.entry(0xF97CFF8CL, "selinuxfs"),
                Map.entry(0xCAFE4A11L, "bpf"), Map.entry(0x6165676CL, "pstore"), Map.entry(0xDE5E81E4L, "efivarfs"),
                Map.entry(0x62656570L, "configfs"), Map.entry(0x19800202L, "mqueue"),
                Map.entry(0x42494E4DL, "binfmt_misc"), Map.entry(0x65735543L, "fusectl"),
                Map.entry(0x67596969L, "rpc_pipefs"), Map.entry(0x6E736673L, "nsfs"));
    }

    /** {@return the kind with this number, as {@code statfs} reports it} */
    public static FileSystemKind of(long magic) {
        String name = Holder.PSEUDO.get(magic);
        return name == null ? WITH_FILES : new FileSystemKind(name);
    }

    /** {@return whether it shows the kernel's state and stores nothing} */
    public boolean isPseudo() {
        return !name.isEmpty();
    }
}
