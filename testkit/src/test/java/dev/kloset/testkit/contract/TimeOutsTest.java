package dev.kloset.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.ConfigModel;
import dev.kloset.ConfigSetting;
import dev.kloset.Plugin.Kind;
import dev.kloset.SettingType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A connector that still tries, as its settings allow, is not one that hangs. */
class TimeOutsTest {

    private record Settings() {}

    private static final ConfigModel<Settings> MODEL = new ConfigModel<>("", List.of(duration("connect_timeout", "30s"),
            duration("give_up_after", "1m"), duration("lease", "1h"))) {
        @Override
        protected Settings make(List<Object> values) {
            return new Settings();
        }
    };

    private static ConfigSetting duration(String key, String byDefault) {
        return ConfigSetting.of(key, SettingType.DURATION).defaultValue(byDefault).build();
    }

    private static CheckSettings settings(Map<String, String> config) {
        return CheckSettings.builder(Kind.IMPORTER, config).timeOuts(MODEL).build();
    }

    @Test
    void patienceIsLongerThanTheTimeOutsTogether() {
        CheckSettings settings = settings(Map.of("location", "x://y"));
        assertThat(settings.hungAfter()).isEqualTo(Duration.ofSeconds(100));
        assertThat(settings.limit()).isEqualTo(Duration.ofSeconds(500));
    }

    @Test
    void whatTheUserSetsCounts() {
        assertThat(settings(Map.of("give_up_after", "2m")).hungAfter()).isEqualTo(Duration.ofSeconds(160));
        assertThat(settings(Map.of("give_up_after", "9h")).hungAfter()).isEqualTo(Duration.ofSeconds(310));
    }

    @Test
    void shortTimeOutsLeaveThePatienceAsItWas() {
        CheckSettings settings = settings(Map.of("connect_timeout", "1s", "give_up_after", "2s"));
        assertThat(settings.hungAfter()).isEqualTo(Duration.ofSeconds(20));
    }
}
