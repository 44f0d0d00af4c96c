package dev.kloset.interop;

import java.util.List;
import java.util.stream.Stream;

/** All rows of the fidelity table. */
final class FidelityRows {

    private static final String MODES = "stat -c '%n %a' *";
    private static final String OWNERS = "stat -c '%n %u:%g' *";
    private static final String TIMES = "stat -c '%n %.Y' *";
    private static final String ATTRIBUTES = "getfattr --no-dereference --absolute-names --dump --match=^";
    private static final String LISTS = "getfacl --numeric --omit-header --absolute-names *";
    private static final String UNSENT = "had extended attributes";
    private static final String UNSENT_LISTS = "had access lists";

    private FidelityRows() {}

    static List<FidelityRow> all() {
        return Stream.of(modesAndOwners(), times(), links(), contents(), attributes(), special(), names())
                .flatMap(List::stream)
                .toList();
    }

    private static List<FidelityRow> modesAndOwners() {
        return List.of(
                new FidelityRow("modes", "permissions of files",
                        "for m in 0 400 444 600 640 755 777; do echo x > $m; chmod $m $m; done", MODES),
                new FidelityRow("modes-of-directories", "permissions of directories, including sticky and setgid",
                        "for m in 0 500 700 555 1777 2775; do mkdir $m; chmod $m $m; done", MODES),
                new FidelityRow("setuid", "setuid, setgid and sticky files",
                        "for m in 4755 2755 6711 1644; do echo x > $m; chmod $m $m; done", MODES),
                new FidelityRow("owner", "owners without a name on this machine",
                        "echo x > f; mkdir d; ln -s f l; mkfifo p; chown -h 12345:54321 f d l p", OWNERS),
                new FidelityRow(FidelityRow.OWNER_BY_NAME, "owners by name, where the name has another number",
                        "echo x > f; mkdir d; ln -s f l; chown -h games:games f d l", "stat -c '%n %u' *"));
    }

    private static List<FidelityRow> times() {
        return List.of(
                new FidelityRow("mtime", "modification time, to the nanosecond",
                        "echo x > f; mkdir d; ln -s f l; mkfifo p; n=1; for i in f d l p; do "
                                + "touch -h -d \"2021-02-03 04:05:06.12345678$n\" $i; n=$((n + 1)); done",
                        TIMES),
                new FidelityRow("mtime-far", "the same, before 1970 and after 2038",
                        "echo x > f; echo x > g; touch -d '1901-12-14 01:02:03.5' f; touch -d '2345-06-07 08:09:10.5' g",
                        TIMES),
                new FidelityRow("atime", "time of access", "echo x > f; touch -a -d '2001-02-03 04:05:06' f",
                        "stat -c '%n %X' *"),
                new FidelityRow("ctime", "time of change", "echo x > f; sleep 0.01", "stat -c '%n %.Z' *"),
                new FidelityRow("birth", "time of birth", "echo x > f; sleep 0.01", "stat -c '%n %w' *"));
    }

    private static List<FidelityRow> links() {
        return List.of(
                new FidelityRow("hard-links", "hard links",
                        "echo x > a; ln a b; mkdir d; ln a d/c; echo x > other",
                        "stat -c '%n %h' * d/*; test a -ef d/c && echo one"),
                new FidelityRow("symlinks", "symbolic links, wherever they lead",
                        "ln -s f to-nothing; ln -s ../../.. up; ln -s / root; ln -s . self; ln -s 'a//b/' unclean; "
                                + "ln -s $(printf '%04000d' 1) long",
                        "for i in *; do echo $i $(readlink $i); done"),
                new FidelityRow("linked-symlinks", "hard links of symbolic links", "ln -s x a; ln -P a b",
                        "stat -c '%n %h' *"));
    }

    private static List<FidelityRow> contents() {
        return List.of(
                new FidelityRow("sparse", "holes", "truncate -s 40M f; echo x >> f; truncate -s 60M f",
                        "stat -c '%n %s' *; md5sum f; test $(du --block-size=1K f | cut -f 1) -lt 2000 && echo sparse"),
                new FidelityRow("reflinks", "extents shared by copies (reflinks)",
                        "head -c 4000000 /dev/urandom > a; cp --reflink=always a b; sync -f a",
                        "sync -f a; cmp a b; filefrag -v a | grep -c shared"),
                new FidelityRow("mounted", "file systems mounted below the source",
                        "mkdir disk; mount -t tmpfs none disk; echo x > disk/f", "cat disk/f"));
    }

    private static List<FidelityRow> attributes() {
        return List.of(
                attribute("user", "f d", "attributes `user.*`"),
                attribute("trusted", "f d", "attributes `trusted.*`"),
                attribute("trusted", "l", "attributes `trusted.*` of symbolic links"),
                attribute("security", "f d", "attributes `security.*`"),
                new FidelityRow("acl", "access lists",
                        "echo x > f; mkdir d; setfacl -m u:12345:rw,g:23456:r,g::---,m::rw f; setfacl -m u:12345:rwx d",
                        LISTS, UNSENT_LISTS),
                new FidelityRow("default-acl", "default access lists of directories",
                        "mkdir d; setfacl -d -m u:12345:rwx d", LISTS, UNSENT_LISTS),
                new FidelityRow("capabilities", "capabilities of files", "cp /bin/true f; setcap cap_net_raw+ep f",
                        "getcap *", UNSENT),
                new FidelityRow("nocow", "flag NoCoW", "touch f; chattr +C f; echo x > f", "lsattr"),
                new FidelityRow("immutable", "flags immutable and append-only",
                        "echo x > f; chattr +i f; echo x > g; chattr +a g", "lsattr"));
    }

    private static FidelityRow attribute(String namespace, String files, String title) {
        String make = "echo x > f; mkdir d; ln -s f l; for i in " + files + "; do "
                + "setfattr --no-dereference -n " + namespace + ".kloset -v \"value of $i\" $i; done";
        return new FidelityRow(namespace + "-" + files.charAt(0), title, make,
                ATTRIBUTES + namespace.replace("security", "security.kloset") + " *", UNSENT);
    }

    private static List<FidelityRow> special() {
        return List.of(
                new FidelityRow("pipes", "named pipes", "mkfifo -m 640 p", "stat -c '%n %F %a' *"),
                new FidelityRow("devices", "devices", "mknod c c 1 3; mknod b b 7 0", "stat -c '%n %F %t %T' *"),
                new FidelityRow("sockets", "sockets",
                        "perl -MSocket -e 'socket($s, PF_UNIX, SOCK_STREAM, 0); bind($s, sockaddr_un(\"s\")) or die'",
                        "stat -c '%n %F' *"),
                new FidelityRow("empty", "empty directories and files", "mkdir d; touch f",
                        "stat -c '%n %F' *"));
    }

    private static List<FidelityRow> names() {
        String bytes = "$(printf 'caf\\351')";
        return List.of(
                new FidelityRow("odd-names", "names with spaces, line feeds, quotes, backslashes, emoji",
                        "for i in ' ' \"$(printf 'a\\nb')\" '\"' \"'\" 'a\\b' '*' '🗄️' -rf; do echo x > \"./$i\"; done",
                        "ls -a | od -c"),
                new FidelityRow("bytes", "names and link targets that are not UTF-8",
                        "echo x > " + bytes + "; mkdir d" + bytes + "; echo x > d" + bytes + "/f; ln -s " + bytes
                                + " l",
                        "ls -R | od -c; readlink l | od -c"),
                new FidelityRow("case", "names that differ only in case", "echo 1 > README; echo 2 > readme",
                        "cat README readme"),
                new FidelityRow("long-names", "names of 255 bytes", "echo x > $(printf '%0255d' 1)", "ls"),
                new FidelityRow("long-paths", "paths of more than 4,096 bytes",
                        "for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do "
                                + "mkdir $(printf '%0250d' 1); cd -P ./$(printf '%0250d' 1); done; echo x > bottom",
                        "find . -name bottom | wc -c"));
    }
}
