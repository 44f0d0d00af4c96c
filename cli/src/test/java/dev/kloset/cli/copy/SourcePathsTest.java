package dev.kloset.cli.copy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SourcePathsTest {

    @Test
    void pathsBelowTheRootBecomeRelativeToIt() {
        SourcePaths paths = new SourcePaths("/home/me");
        assertThat(paths.inDestination("/home/me")).isEqualTo("/");
        assertThat(paths.inDestination("/home/me/a/b")).isEqualTo("/a/b");
        assertThat(paths.inDestination("/home/mel")).isNull();
        assertThat(paths.inDestination("/etc")).isNull();
    }

    @Test
    void aRootOfSlashLeavesPathsUnchanged() {
        SourcePaths paths = new SourcePaths("/");
        assertThat(paths.inDestination("/")).isEqualTo("/");
        assertThat(paths.inDestination("/a/b")).isEqualTo("/a/b");
        assertThat(paths.isAboveRoot("/")).isFalse();
    }

    @Test
    void aTrailingSlashOfTheRootIsForgiven() {
        assertThat(new SourcePaths("/data/").inDestination("/data/a")).isEqualTo("/a");
    }

    @Test
    void directoriesOnTheWayToTheRootAreRecognized() {
        SourcePaths paths = new SourcePaths("/home/me");
        assertThat(paths.isAboveRoot("/")).isTrue();
        assertThat(paths.isAboveRoot("/home")).isTrue();
        assertThat(paths.isAboveRoot("/hom")).isFalse();
        assertThat(paths.isAboveRoot("/home/me")).isFalse();
        assertThat(paths.isAboveRoot("/home/me/a")).isFalse();
    }

    @Test
    void aFileAsRootKeepsItsName() {
        SourcePaths paths = new SourcePaths("/home/me/a.txt");
        paths.rootIsFile();
        assertThat(paths.inDestination("/home/me/a.txt")).isEqualTo("/a.txt");
    }
}
