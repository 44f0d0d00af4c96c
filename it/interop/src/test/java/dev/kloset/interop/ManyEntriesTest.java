package dev.kloset.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** More entries than fit into memory, restored by a user without the right to write them: as Go keeps modules, for example. */
class ManyEntriesTest {

    /** 50,000 with {@code -Pfull}; a million were restored once, see docs/integrations/files.md. */
    private static final int ENTRIES = Integer.getInteger("many.entries", 5_000);
    private static final int PER_DIRECTORY = 5;
    private static final Path MEMORY = Path.of("/dev/shm");

    @Test
    void anOrdinaryUserRestoresThemWithTheHeapOfAPackage() throws Exception {
        assumeTrue(Files.isWritable(MEMORY), "a file system in memory takes so many files soon enough");
        Path base = Files.createTempDirectory(MEMORY, "many-entries");
        try {
            KlosetCopy copy = new KlosetCopy(base).asNobody();
            String make = "mkdir source target; cd source; perl -e 'for my $i (1 .. " + ENTRIES / PER_DIRECTORY
                    + ") { my $d = int($i / 1000); mkdir $d; mkdir \"$d/$i\" or die $!; for (2 .. " + PER_DIRECTORY
                    + ") { open my $f, \">\", \"$d/$i/$_\" or die $!; print $f $_; close $f } }'"
                    + "; find . -type d -exec chmod 555 {} +; cd ..; chown -R 65534:65534 source target";
            Shell.ok(base, make);
            Outcome outcome = copy.ok(base.resolve("source"), base.resolve("target/restored"));
            assertThat(outcome.text()).contains("; 0 errors").doesNotContain("OutOfMemory");
            String list = "find . -printf '%p %y %m %s %T@\\n' | sort | sha256sum";
            assertThat(Shell.ok(base.resolve("target/restored"), list))
                    .isEqualTo(Shell.ok(base.resolve("source"), list));
        } finally {
            Shell.ok(MEMORY, "rm -rf " + base);
        }
    }
}
