package dev.kloset.sdk.internal.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kloset.Options;
import dev.kloset.sdk.ChildJava;
import dev.kloset.sdk.author.Exiting;
import dev.kloset.wire.codec.InitRequest;
import dev.kloset.wire.grpc.ClientCall;
import dev.kloset.wire.grpc.GrpcClient;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process that ends in the middle of a call reports which code ended it. */
@Timeout(120)
class ExitTest {

    private static String exitInInit(Map<String, String> environment) throws Exception {
        try (ChildJava plugin = ChildJava.start(Exiting.class, environment, List.of());
                GrpcClient client = plugin.client()) {
            Throwable failure = catchThrowable(() -> {
                try (ClientCall call = client.call("/importer.Importer/Init")) {
                    call.unary(new InitRequest(Options.builder().build(), "x", Map.of("location", "x://y")).encode());
                }
            });
            assertThat(failure).isInstanceOf(IOException.class);
            assertThat(plugin.status()).isEqualTo(3);
            return plugin.errors();
        }
    }

    @Test
    void anExitOfTheConnectorIsOneLineWithItsPlace() throws Exception {
        assertThat(exitInInit(Map.of()))
                .matches("kloset: the connector's code ended the process with System\\.exit\\(3\\), "
                        + "at dev\\.kloset\\.sdk\\.author\\.Exiting\\.logIn\\(Exiting\\.java:\\d+\\)\n");
    }

    @Test
    void debuggingDoesNotAddTheStackOfTheJdk() throws Exception {
        assertThat(exitInInit(Map.of("KLOSET_LOG", "debug"))).containsOnlyOnce("System.exit(3)")
                .doesNotContain("Runtime.exit");
    }

    @Test
    void theRuntimesOwnExitIsSilent() throws Exception {
        assertThat(ChildJava.run(Exiting.class, List.of(), "about").errors()).doesNotContain("System.exit");
        try (ChildJava plugin = ChildJava.start(Exiting.class, Map.of(), List.of())) {
            plugin.hangUp();
            assertThat(plugin.errors()).isEmpty();
            assertThat(plugin.status()).isZero();
        }
    }

    @Test
    void aProgramThatIsNoPluginMayExitAsItLikes() {
        assertThat(new ExitLogger(() -> false, _ -> {}).isLoggable(System.Logger.Level.DEBUG)).isFalse();
    }
}
