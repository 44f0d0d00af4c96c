package dev.kloset.wire.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.Plugin.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RpcTest {

    @ParameterizedTest
    @EnumSource
    void aPathNamesTheKindOfItsServiceAndItsMethod(Kind kind) {
        String path = Rpc.service(kind) + Rpc.PING;

        assertThat(Rpc.kind(path)).isEqualTo(kind);
        assertThat(Rpc.method(path)).isEqualTo("Ping");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "/", "Init", "/importer.Importer", "/importer.Importer/deeper/Init",
        "/store.Stores/Init" })
    void otherPathsAreOfNoKind(String path) {
        assertThat(Rpc.kind(path)).isNull();
    }

    @Test
    void theServicesAreThoseOfPlakar() {
        assertThat(Rpc.service(Kind.IMPORTER) + Rpc.IMPORT).isEqualTo("/importer.Importer/Import");
        assertThat(Rpc.service(Kind.EXPORTER) + Rpc.EXPORT).isEqualTo("/plakar.exporter.Exporter/Export");
        assertThat(Rpc.service(Kind.STORAGE) + Rpc.DELETE).isEqualTo("/store.Store/Delete");
    }
}
