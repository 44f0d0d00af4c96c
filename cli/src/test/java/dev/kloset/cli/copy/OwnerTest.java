package dev.kloset.cli.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.Content;
import dev.kloset.FileInfo;
import dev.kloset.FileMode;
import dev.kloset.FileRecord;
import org.junit.jupiter.api.Test;

class OwnerTest {

    private static final Owner ORDINARY = new Owner(1000, 100);

    @Test
    void aCopiedProgramOfAnotherUserLosesSetuid() {
        FileInfo info = FileInfo.builder("su").mode(FileMode.fromPosix(0106755)).uid(0).gid(0).username("root").build();
        FileInfo taken = ORDINARY.take(FileRecord.file("/su", info, Content.of("x"))).info();
        assertThat(taken.mode()).isEqualTo(FileMode.fromPosix(0100755));
        assertThat(taken.uid()).isEqualTo(1000);
        assertThat(taken.username()).isEmpty();
    }

    @Test
    void aDirectoryKeepsItsBits() {
        FileInfo info = FileInfo.builder("d").mode(FileMode.fromPosix(0042775)).uid(0).build();
        assertThat(ORDINARY.take(FileRecord.of("/d", info)).info().mode()).isEqualTo(FileMode.fromPosix(0042775));
    }
}
