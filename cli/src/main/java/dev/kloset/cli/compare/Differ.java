package dev.kloset.cli.compare;

import dev.kloset.FileMode;
import java.io.IOException;

/** Compares the two entries of one path. */
record Differ(Policy policy, DifferenceListener listener) {

    void compare(Entry a, Entry b) throws IOException {
        if (a.type() == EntryType.ERROR || b.type() == EntryType.ERROR) {
            unreadable(a, b);
        } else if (a.type() != b.type()) {
            say(a, "type", a.type().words(), b.type().words());
        } else if (a.type() == EntryType.XATTR) {
            compareAttribute(a, b);
        } else {
            compareContent(a, b);
            compareMetadata(a, b);
        }
    }

    private void unreadable(Entry a, Entry b) throws IOException {
        if (a.type() == EntryType.ERROR) {
            say(a, Difference.UNREADABLE, a.target(), "");
        }
        if (b.type() == EntryType.ERROR) {
            say(b, Difference.UNREADABLE, "", b.target());
        }
    }

    private void compareAttribute(Entry a, Entry b) throws IOException {
        if (!a.digest().equals(b.digest()) || !a.target().equals(b.target())) {
            say(a, "xattr", a.attribute() + " " + brief(a), brief(b));
        }
    }

    private static String brief(Entry entry) {
        return entry.size() + " bytes, sha256 " + entry.digest();
    }

    private void compareContent(Entry a, Entry b) throws IOException {
        if (a.size() != b.size()) {
            say(a, "size", Long.toString(a.size()), Long.toString(b.size()));
        } else if (!a.digest().equals(b.digest()) && policy.compares(Aspect.CONTENT)) {
            say(a, "content", "sha256 " + a.digest(), "sha256 " + b.digest());
        }
        if (!a.target().equals(b.target())) {
            say(a, "target", a.target(), b.target());
        }
    }

    private void compareMetadata(Entry a, Entry b) throws IOException {
        // the mode of a symbolic link has no meaning, and differs between systems
        if (policy.compares(Aspect.MODE) && a.type() != EntryType.SYMLINK && a.permissions() != b.permissions()) {
            say(a, "mode", mode(a), mode(b));
        }
        if (policy.compares(Aspect.MTIME) && !policy.sameTime(a.modTime(), b.modTime())) {
            say(a, "mtime", a.modTime().toString(), b.modTime().toString());
        }
        if (policy.compares(Aspect.OWNER) && !sameOwner(a, b)) {
            say(a, "owner", a.owner(), b.owner());
        }
    }

    private static String mode(Entry entry) {
        return FileMode.fromPosix(entry.permissions()).toString().substring(1) + " ("
                + Integer.toOctalString(entry.permissions()) + ")";
    }

    /** Names count where both sides know them, because two machines may give one user different numbers. */
    private static boolean sameOwner(Entry a, Entry b) {
        return same(a.user(), b.user(), a.uid() == b.uid()) && same(a.group(), b.group(), a.gid() == b.gid());
    }

    private static boolean same(String a, String b, boolean sameNumber) {
        return a.isEmpty() || b.isEmpty() ? sameNumber : a.equals(b);
    }

    private void say(Entry entry, String what, String a, String b) throws IOException {
        listener.differs(new Difference(entry.path(), what, a, b));
    }
}
