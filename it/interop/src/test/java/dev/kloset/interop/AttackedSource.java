package dev.kloset.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** A tree of the user "nobody", who replaces files and directories by links to files that only root may read. */
final class AttackedSource {

    /** Part of every name, content, link target and attribute outside the tree. */
    static final String SECRET = "only-for-root";

    private static final int BRANCHES = 8;
    private static final List<String> FILES = List.of("f", "d/f", "d/e/f", "g/f", "g/h/f", "g/h/i/f");
    private static final List<String> SWAPPED = List.of("f", "d", "g/f", "g/h");
    private static final String LINK = "-link";

    /** Exchanges two names atomically. */
    private static final String SWAP = """
            use POSIX ();
            my $call = (POSIX::uname())[4] eq 'x86_64' ? 316 : 276; # renameat2
            my @pairs = map { [split /=/, $_] } @ARGV;
            sub act {
                my ($one, $other) = @{$pairs[int rand @pairs]};
                syscall($call, -100, $one, -100, $other, 2) == 0 or die "$one: $!";
                select undef, undef, undef, rand(0.0004) if rand() < 0.5;
            }
            """;

    private final Path source;
    private final Path outside;

    /**
     * @param base a directory whose content any user may list
     */
    AttackedSource(Path base) throws IOException, InterruptedException {
        source = base.resolve("source");
        outside = base.resolve("outside");
        make();
    }

    /** Make the targets: wherever a link leads, there are entries with the names of the tree, and more. */
    private void make() throws IOException, InterruptedException {
        for (int branch = 0; branch < BRANCHES; branch++) {
            for (String file : FILES) {
                String path = "b" + branch + "/" + file;
                write(source.resolve(path), "of nobody");
                write(outside.resolve(path), SECRET);
                write(outside.resolve(path).resolveSibling(SECRET), "x");
            }
            for (String swapped : SWAPPED) {
                String path = "b" + branch + "/" + swapped;
                Files.createSymbolicLink(source.resolve(path + LINK), outside.resolve(path));
            }
        }
        Shell.ok(source, "chown -R -h 65534:65534 .; chmod 700 " + outside);
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    Path path() {
        return source;
    }

    /** {@return the running attacker} */
    Perl attack() throws IOException {
        List<String> pairs = IntStream.range(0, BRANCHES)
                .boxed()
                .flatMap(branch -> SWAPPED.stream().map(name -> "b" + branch + "/" + name))
                .map(path -> path + "=" + path + LINK)
                .toList();
        return Perl.startAsNobody(source, SWAP, pairs.toArray(String[]::new));
    }
}
