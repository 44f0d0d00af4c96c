package dev.kloset.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.ErrorRecord;
import dev.kloset.FileInfo;
import dev.kloset.FileRecord;
import dev.kloset.wire.proto.ConnectorsProto;
import dev.kloset.wire.proto.ImporterProto;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How records are answered, and how their stream ends. */
final class WireResultTest {

    @Test
    void resultsKeepErrorAndHeader() throws Exception {
        WireRecord header = WireRecord.of(FileRecord.of("/d", FileInfo.directory("d", Instant.EPOCH)));

        WireResult failed = WireResult.decode(new WireResult(header, "disk full").encode());
        WireResult fine = WireResult.decode(new WireResult(header, null).encode());

        assertThat(failed.error()).isEqualTo("disk full");
        assertThat(failed.header().record().pathname()).isEqualTo("/d");
        assertThat(fine.error()).isNull();
    }

    @Test
    void aFailureNeverLooksLikeSuccess() throws Exception {
        WireRecord header = WireRecord.of(new ErrorRecord("/e", "gone"));

        assertThat(WireResult.decode(new WireResult(header, "").encode()).error())
                .isEqualTo("failed without saying why");
    }

    @Test
    void aResultWithoutHeaderIsRefused() {
        byte[] bad = ConnectorsProto.Result.newBuilder().setError("x").build().toByteArray();

        assertThatThrownBy(() -> WireResult.decode(ByteBuffer.wrap(bad)))
                .hasMessage("cannot read Result.header: it is missing");
        assertThatThrownBy(() -> ImportRequest.decode(Empty.encode()))
                .hasMessage("cannot read ImportRequest.result: it is missing");
        assertThatThrownBy(() -> ExportResponse.decode(Empty.encode()))
                .hasMessage("cannot read ExportResponse.result: it is missing");
    }

    @Test
    void theWordFinishedHidesARecordBesideIt() throws Exception {
        byte[] both = ImporterProto.ImportResponse.newBuilder()
                .setFinished(true)
                .setRecord(ConnectorsProto.Record.getDefaultInstance())
                .build()
                .toByteArray();

        assertThat(ImportResponse.decode(ByteBuffer.wrap(both))).isEqualTo(new ImportResponse(null, true));
        assertThatThrownBy(() -> ImportResponse.decode(Empty.encode()))
                .hasMessage("cannot read ImportResponse.record: it is missing");
    }
}
