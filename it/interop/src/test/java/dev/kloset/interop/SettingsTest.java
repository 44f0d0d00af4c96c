package dev.kloset.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

    private static final String CANARY = "canary-63ab1";

    @TempDir
    Path directory;

    @Test
    void threeMistakesAreOneMessageAndASecretIsNeverShown() throws Exception {
        try (Plakar plakar = Plakar.below(directory)) {
            plakar.install(PluginImage.importer(directory.resolve("image"), ConfiguredPlugin.PROTOCOL,
                    ConfiguredPlugin.class));
            Repository repository = plakar.at("fs://" + directory.resolve("repository")).create();

            Outcome mistaken = repository.run("backup", "-o", "timeout=2 fortnights", "-o", "conections=5", "-o",
                    "access_password=" + CANARY, "configured://here");
            assertThat(mistaken.exit()).isNotZero();
            assertThat(mistaken.text()).contains("3 settings are wrong: "
                    + "(1) the setting \"account\" is missing; it is a text; "
                    + "(2) the setting \"timeout\" must be a duration such as 30s, 5m or 1h30m; "
                    + "(3) there is no setting \"conections\"; did you mean \"connections\"?").doesNotContain(CANARY);

            Outcome refused = repository.run("backup", "-o", "account=joe", "-o", "access_password=" + CANARY,
                    "configured://here");
            assertThat(refused.exit()).isNotZero();
            assertThat(refused.text()).contains("there is no user called ***").doesNotContain(CANARY);

            repository.backup("-o", "account=joe", "configured://here");
        }
    }
}
