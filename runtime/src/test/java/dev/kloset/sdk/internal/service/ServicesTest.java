package dev.kloset.sdk.internal.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.Plugin;
import dev.kloset.sdk.internal.log.HostContext;
import dev.kloset.sdk.internal.log.ReceivedConfig;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServicesTest {

    private static Plugin plugin() {
        return Plugin.builder("demo")
                .importer("one", context -> {
                    throw new IOException("importer of " + context.proto());
                })
                .importer("two", context -> {
                    throw new IOException("importer of " + context.proto());
                })
                .storage("mem", context -> {
                    throw new IOException("store of " + context.proto());
                })
                .build();
    }

    @Test
    void theProtocolSelectsTheConnector() throws Exception {
        try (HostEnd host = new HostEnd(Services.of(plugin(), new HostContext()))) {
            assertThatThrownBy(() -> host.init("/importer.Importer/")).hasMessage(
                    "the plugin demo has no importer for the protocol \"test\"; it has one, two");
            assertThatThrownBy(() -> host.init("/plakar.exporter.Exporter/"))
                    .hasMessageContaining("/plakar.exporter.Exporter/Init");
        }
    }

    @Test
    void anArgumentRestrictsTheProcessToOneKind() throws Exception {
        Services services = Services.of(plugin(), new HostContext());
        String unchecked = "    its options are unchecked: it declares none and gets what the user writes";
        assertThat(services.describe()).containsExactly("importer one://", unchecked, "importer two://", unchecked,
                "storage mem://", unchecked);
        assertThat(services.restrictTo(Plugin.Kind.STORAGE)).isTrue();
        try (HostEnd host = new HostEnd(services)) {
            assertThatThrownBy(() -> host.init("/importer.Importer/")).hasMessageContaining("/importer.Importer/Init");
        }
        assertThat(services.restrictTo(Plugin.Kind.EXPORTER)).isFalse();
    }

    @Test
    void theHostsOwnPassphraseDoesNotReachAConnector() {
        ReceivedConfig received = ReceivedConfig.of("importer", "x",
                Map.of("passphrase", "p", "passphrase_cmd", "c", "key_passphrase", "k"));
        assertThat(received.config().values()).containsExactly(Map.entry("key_passphrase", "k"));
    }

    @Test
    void aConfigurationThatIsReadChangesNothing() {
        HostContext host = new HostContext();
        ReceivedConfig received = ReceivedConfig.of("importer", "x",
                Map.of("location", "x://joe@shelf/", "password", "s3cret"));
        received.config();
        assertThat(host.connector() + host.location() + host.hide(" s3cret")).isEqualTo("plugin s3cret");

        received.register(host);
        assertThat(host.connector() + " " + host.location() + host.hide(" s3cret"))
                .isEqualTo("x importer x://shelf/ ***");
    }
}
