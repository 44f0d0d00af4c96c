package dev.kloset.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.support.Sentence;
import dev.kloset.wire.codec.Empty;
import dev.kloset.wire.grpc.CallHandler;
import dev.kloset.wire.grpc.StatusCode;
import dev.kloset.wire.grpc.StatusException;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A host asks a plugin for a kind of connector that it does not have. */
@Timeout(30)
class OfferedKindsTest {

    private static final CallHandler NOT_YET = call -> {
        throw new StatusException(StatusCode.FAILED_PRECONDITION, "Init must be called first");
    };

    private static AbstractThrowableAssert<?, ?> initOfAnExporter(Map<String, CallHandler> calls) throws Exception {
        try (ScriptedPlugin plugin = new ScriptedPlugin(calls)) {
            return assertThatThrownBy(() -> plugin.connection.init("/plakar.exporter.Exporter/Init", Empty.encode(),
                    "an exporter for foo://")).isInstanceOf(PluginException.class);
        }
    }

    @Test
    void theMessageNamesTheMissingKindAndTheOfferedOnes() throws Exception {
        initOfAnExporter(Map.of("/importer.Importer/Ping", NOT_YET))
                .hasMessage("plugin scripted offers importers only, not an exporter for foo://")
                .satisfies(failure -> assertThat(Sentence.of(failure)).isEqualTo(failure.getMessage()));
        initOfAnExporter(Map.of("/importer.Importer/Ping", NOT_YET, "/store.Store/Ping", NOT_YET))
                .hasMessage("plugin scripted offers importers and stores only, not an exporter for foo://");
    }

    @Test
    void aPluginWithoutAnyServiceMayBeOld() throws Exception {
        initOfAnExporter(Map.of()).hasMessageContaining("does not know a call that Plakar v1.1 makes")
                .hasMessageEndingWith("(is it built for an older Plakar?)");
    }

    @Test
    void anotherFailureOfInitIsLeftAlone() throws Exception {
        initOfAnExporter(Map.of("/importer.Importer/Ping", NOT_YET, "/plakar.exporter.Exporter/Init", call -> {
            throw new StatusException(StatusCode.UNKNOWN, "wrong password");
        })).hasMessage("plugin scripted: wrong password");
    }
}
