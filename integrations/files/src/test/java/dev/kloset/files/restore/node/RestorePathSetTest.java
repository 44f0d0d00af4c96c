package dev.kloset.files.restore.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RestorePathSetTest {

    @Test
    void containsExactlyTheAddedPaths() {
        RestorePathSet set = new RestorePathSet();
        for (int i = 0; i < 100_000; i++) {
            set.add("/directory/" + i);
            set.add("/directory/" + i);
        }
        for (int i = 0; i < 100_000; i++) {
            assertThat(set.contains("/directory/" + i)).isTrue();
            assertThat(set.contains("/other/" + i)).isFalse();
        }
        assertThat(set.contains("/")).isFalse();
    }
}
