package dev.kloset.sdk.internal.doctor;

import dev.kloset.ConfigModel;
import dev.kloset.ConfigSetting;
import dev.kloset.ConnectorConfig;
import dev.kloset.ExtensionJars;
import dev.kloset.SettingType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names the jars that the user supplies, before the connector looks for something in them. */
final class JarsDiagnosis {

    private static final int SHOWN = 12;

    private JarsDiagnosis() {}

    static void run(ConfigModel<?> model, ConnectorConfig config, DiagnosisRun diagnosis) throws InterruptedException {
        for (ConfigSetting setting : model.settings()) {
            String text = setting.type() == SettingType.JARS ? text(setting, config.values()) : null;
            if (text != null) {
                diagnosis.step(setting.key(), () -> names(Path.of(text)));
            }
        }
    }

    private static @Nullable String text(ConfigSetting setting, Map<String, String> given) {
        for (String old : setting.aliases()) {
            if (given.containsKey(old)) {
                return given.get(old);
            }
        }
        return given.getOrDefault(setting.key(), setting.defaultValue().orElse(null));
    }

    private static String names(Path directory) throws IOException {
        try (ExtensionJars jars = ExtensionJars.in(directory)) {
            List<String> names = jars.names();
            return names.size() + (names.size() == 1 ? " jar: " : " jars: ")
                    + String.join(", ", names.subList(0, Math.min(names.size(), SHOWN)))
                    + (names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "");
        }
    }
}
