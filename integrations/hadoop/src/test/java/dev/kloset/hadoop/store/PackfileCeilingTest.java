package dev.kloset.hadoop.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PackfileCeilingTest {

    @Test
    void aRepositoryNearWhatPlakarCanListIsNamed() {
        assertThat(PackfileCeiling.warning(99_999, "hdfs://ns1/r")).isNull();
        assertThat(PackfileCeiling.warning(100_000, "hdfs://ns1/r")).contains("hdfs://ns1/r", "100000", "123,361",
                "7.5 TiB");
    }
}
