package dev.kloset.benchmarks.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class NameNodeCallsTest {

    private static final String TEXT = """
            # TYPE rpcdetailed_create_num_ops counter
            rpcdetailed_get_block_locations_num_ops{port="8020",context="rpcdetailed",hostname="vm"} %d
            rpcdetailed_get_block_locations_avg_time{port="8020",context="rpcdetailed",hostname="vm"} 1.5
            rpcdetailed_overall_get_block_locations_num_ops{port="8020",context="rpcdetailed",hostname="vm"} 40
            rpcdetailed_send_heartbeat_num_ops{port="8020",context="rpcdetailed",hostname="vm"} 7
            rpcdetailed_create_num_ops{port="8020",context="rpcdetailed",hostname="vm"} 12
            """;

    @Test
    void callsOfDataNodesThatOnlySayTheyAreThereDoNotCount() throws IOException {
        NameNodeCalls calls = NameNodeCalls.parse(TEXT.formatted(5));
        assertThat(calls.total()).isEqualTo(17);
        assertThat(calls.of(NameNodeCalls.OPEN)).isEqualTo(5);
        assertThat(calls.of("mkdirs")).isZero();
    }

    @Test
    void aDifferenceIsWhatCameSince() throws IOException {
        NameNodeCalls more = NameNodeCalls.parse(TEXT.formatted(9)).since(NameNodeCalls.parse(TEXT.formatted(5)));
        assertThat(more.of(NameNodeCalls.OPEN)).isEqualTo(4);
        assertThat(more.total()).isEqualTo(4);
    }

    @Test
    void anAnswerWithoutCountsIsNoAnswer() {
        assertThatThrownBy(() -> NameNodeCalls.parse("")).hasMessageContaining("does not count");
    }
}
