package dev.kloset;

import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Type and permissions of a file, in the bit layout of Go's {@code io/fs.FileMode}, which the wire carries and the snapshot
 * stores. Only the low nine bits equal those of POSIX.
 *
 * @param bits the layout of Go; a directory makes it negative
 */
public record FileMode(int bits) {

    // Go standard library, io/fs, constants of FileMode.
    private static final int DIRECTORY = 0x8000_0000;
    private static final int SYMLINK = 0x0800_0000;
    private static final int DEVICE = 0x0400_0000;
    private static final int NAMED_PIPE = 0x0200_0000;
    private static final int SOCKET = 0x0100_0000;
    private static final int SETUID = 0x0080_0000;
    private static final int SETGID = 0x0040_0000;
    private static final int CHARACTER_DEVICE = 0x0020_0000;
    private static final int STICKY = 0x0010_0000;
    private static final int IRREGULAR = 0x0008_0000;
    private static final int TYPE = DIRECTORY | SYMLINK | NAMED_PIPE | SOCKET | DEVICE | CHARACTER_DEVICE | IRREGULAR;
    private static final int PERMISSIONS = 0777;

    // POSIX <sys/stat.h>, as every Unix has them.
    private static final int S_IFMT = 0170000;
    private static final int S_IFSOCK = 0140000;
    private static final int S_IFLNK = 0120000;
    private static final int S_IFREG = 0100000;
    private static final int S_IFBLK = 0060000;
    private static final int S_IFDIR = 0040000;
    private static final int S_IFCHR = 0020000;
    private static final int S_IFIFO = 0010000;
    private static final int S_ISUID = 04000;
    private static final int S_ISGID = 02000;
    private static final int S_ISVTX = 01000;

    // From the highest of the nine bits, "owner may read", down to "others may execute".
    private static final List<PosixFilePermission> PERMISSION_OF_BIT = List.of(PosixFilePermission.values());

    /**
     * {@return a regular file}
     *
     * @param permissions the nine bits of POSIX, such as {@code 0644}
     */
    public static FileMode regular(int permissions) {
        return new FileMode(permissions & PERMISSIONS);
    }

    /**
     * {@return a directory}
     *
     * @param permissions the nine bits of POSIX, such as {@code 0755}
     */
    public static FileMode directory(int permissions) {
        return new FileMode(DIRECTORY | permissions & PERMISSIONS);
    }

    /** {@return a symbolic link with all permissions, as Linux shows it} */
    public static FileMode symlink() {
        return new FileMode(SYMLINK | PERMISSIONS);
    }

    /** {@return the mode for a {@code st_mode} of POSIX, type bits included} */
    public static FileMode fromPosix(int stMode) {
        int bits = stMode & PERMISSIONS;
        bits |= switch (stMode & S_IFMT) {
            case S_IFREG, 0 -> 0;
            case S_IFDIR -> DIRECTORY;
            case S_IFLNK -> SYMLINK;
            case S_IFBLK -> DEVICE;
            case S_IFCHR -> DEVICE | CHARACTER_DEVICE;
            case S_IFIFO -> NAMED_PIPE;
            case S_IFSOCK -> SOCKET;
            default -> IRREGULAR;
        };
        bits |= (stMode & S_ISUID) != 0 ? SETUID : 0;
        bits |= (stMode & S_ISGID) != 0 ? SETGID : 0;
        bits |= (stMode & S_ISVTX) != 0 ? STICKY : 0;
        return new FileMode(bits);
    }

    /** {@return this mode as a {@code st_mode} of POSIX, type bits included} */
    public int toPosix() {
        return posixType() | posixPermissions();
    }

    /** {@return the low twelve bits of a {@code st_mode}: permissions, setuid, setgid and sticky} */
    public int posixPermissions() {
        int mode = bits & PERMISSIONS;
        mode |= (bits & SETUID) != 0 ? S_ISUID : 0;
        mode |= (bits & SETGID) != 0 ? S_ISGID : 0;
        mode |= (bits & STICKY) != 0 ? S_ISVTX : 0;
        return mode;
    }

    private int posixType() {
        if (isDirectory()) {
            return S_IFDIR;
        }
        if (isSymlink()) {
            return S_IFLNK;
        }
        if (isCharacterDevice()) {
            return S_IFCHR;
        }
        if (isDevice()) {
            return S_IFBLK;
        }
        if (isNamedPipe()) {
            return S_IFIFO;
        }
        return isSocket() ? S_IFSOCK : S_IFREG;
    }

    /** {@return the nine permission bits as a set} */
    public Set<PosixFilePermission> permissions() {
        Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
        for (int i = 0; i < PERMISSION_OF_BIT.size(); i++) {
            if ((bits & 0400 >> i) != 0) {
                set.add(PERMISSION_OF_BIT.get(i));
            }
        }
        return set;
    }

    /** {@return the same type with other permissions} */
    public FileMode withPermissions(Set<PosixFilePermission> permissions) {
        int other = bits & ~PERMISSIONS;
        for (PosixFilePermission permission : permissions) {
            other |= 0400 >> PERMISSION_OF_BIT.indexOf(permission);
        }
        return new FileMode(other);
    }

    /** {@return whether this is a regular file, the only type with content} */
    public boolean isRegular() {
        return (bits & TYPE) == 0;
    }

    /** {@return whether this is a directory} */
    public boolean isDirectory() {
        return (bits & DIRECTORY) != 0;
    }

    /** {@return whether this is a symbolic link} */
    public boolean isSymlink() {
        return (bits & SYMLINK) != 0;
    }

    /** {@return whether this is a device, of either kind} */
    public boolean isDevice() {
        return (bits & DEVICE) != 0;
    }

    /** {@return whether this is a character device; then {@link #isDevice} is true too} */
    public boolean isCharacterDevice() {
        return (bits & CHARACTER_DEVICE) != 0;
    }

    /** {@return whether this is a named pipe} */
    public boolean isNamedPipe() {
        return (bits & NAMED_PIPE) != 0;
    }

    /** {@return whether this is a socket} */
    public boolean isSocket() {
        return (bits & SOCKET) != 0;
    }

    /** {@return the ten characters of {@code ls -l}} */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(10).append(typeLetter());
        for (int i = 0; i < 9; i++) {
            text.append((bits & 0400 >> i) != 0 ? "rwx".charAt(i % 3) : '-');
        }
        special(text, SETUID, 3, 's');
        special(text, SETGID, 6, 's');
        special(text, STICKY, 9, 't');
        return text.toString();
    }

    private char typeLetter() {
        return switch (posixType()) {
            case S_IFDIR -> 'd';
            case S_IFLNK -> 'l';
            case S_IFCHR -> 'c';
            case S_IFBLK -> 'b';
            case S_IFIFO -> 'p';
            case S_IFSOCK -> 's';
            default -> '-';
        };
    }

    private void special(StringBuilder text, int bit, int at, char letter) {
        if ((bits & bit) != 0) {
            text.setCharAt(at, text.charAt(at) == 'x' ? letter : Character.toUpperCase(letter));
        }
    }
}
