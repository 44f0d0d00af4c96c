package dev.kloset.cli.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.FileRecord;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DirectoryLedgerTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final DirectoryLedger ledger = new DirectoryLedger(NOW);

    @Test
    void missingDirectoriesComeFromTheTopDownAndOnlyOnce() {
        assertThat(ledger.missingAbove("/a/b/c")).extracting(FileRecord::pathname).containsExactly("/", "/a", "/a/b");
        assertThat(ledger.missingAbove("/a/b/d")).isEmpty();
        assertThat(ledger.missingAbove("/a/x/d")).extracting(FileRecord::pathname).containsExactly("/a/x");
    }

    @Test
    void directoriesAlreadySentAreNotMissing() {
        ledger.add("/");
        ledger.add("/a");
        assertThat(ledger.missingAbove("/a/b")).isEmpty();
        assertThat(ledger.missingAbove("/")).isEmpty();
    }

    @Test
    void madeUpDirectoriesAreClosedToOtherUsersAndDatedNow() {
        FileRecord top = ledger.missingAbove("/x").getFirst();
        assertThat(top.info().name()).isEqualTo("/");
        assertThat(top.info().mode()).hasToString("drwxr-x---");
        assertThat(top.info().modTime()).isEqualTo(NOW);
    }
}
