package dev.kloset;

import dev.kloset.internal.NearestWord;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One attempt to turn settings into values. Continues after a mistake, so that the user sees all mistakes at once. */
final class ConfigBinding {

    private static final String LOCATION = "location";

    private final List<ConfigSetting> settings;
    private final Map<String, String> given;
    private final Set<String> taken = new HashSet<>();
    private final List<String> mistakes = new ArrayList<>();

    ConfigBinding(List<ConfigSetting> settings, ConnectorConfig config) {
        this.settings = settings;
        this.given = config.values();
    }

    /** {@return a value for each setting} */
    List<Object> values() throws ConfigException {
        taken.add(LOCATION);
        List<Object> values = new ArrayList<>(settings.size());
        for (ConfigSetting setting : settings) {
            values.add(setting.type() == SettingType.REMAINING ? "" : value(setting));
        }
        others(values);
        if (!mistakes.isEmpty()) {
            throw new ConfigException(mistakes);
        }
        return values;
    }

    private Object value(ConfigSetting setting) {
        String text = text(setting);
        Object value = null;
        if (text == null) {
            text = setting.defaultValue().orElse(null);
            if (text == null && setting.isRequired()) {
                mistakes.add("the setting \"" + setting.key() + "\" is missing; it is " + SettingText.kind(setting));
            }
        }
        if (text != null) {
            try {
                value = SettingText.parse(setting, text);
            } catch (IllegalArgumentException e) {
                mistakes.add("the setting \"" + setting.key() + "\" " + e.getMessage());
            }
        }
        if (setting.isOptional()) {
            return Optional.ofNullable(value);
        }
        return value == null ? List.of() : value;
    }

    /** {@return what the user wrote, under the present key or an earlier one} */
    private @Nullable String text(ConfigSetting setting) {
        taken.add(setting.key());
        String text = given.get(setting.key());
        for (String old : setting.aliases()) {
            taken.add(old);
            String older = given.get(old);
            if (older == null) {
                continue;
            }
            if (text != null) {
                mistakes.add("the setting \"" + old + "\" is the old name of \"" + setting.key()
                        + "\"; give only one of them");
            } else {
                System.getLogger("dev.kloset")
                        .log(Level.WARNING, "the setting \"" + old + "\" is now called \"" + setting.key() + "\"");
                text = older;
            }
        }
        return text;
    }

    private void others(List<Object> values) {
        Map<String, String> rest = new TreeMap<>(given);
        rest.keySet().removeAll(taken);
        for (int i = 0; i < settings.size(); i++) {
            if (settings.get(i).type() == SettingType.REMAINING) {
                values.set(i, ConnectorConfig.of(rest));
                return;
            }
        }
        if (!rest.isEmpty()) {
            rest.keySet().forEach(this::unknown);
        }
    }

    private void unknown(String key) {
        Set<String> known = new TreeSet<>();
        settings.forEach(setting -> known.add(setting.key()));
        known.add(LOCATION);
        String question = NearestWord.question(key, known);
        mistakes.add("there is no setting \"" + key + "\""
                + (question.isEmpty() ? "; known are " + String.join(", ", known) : question));
    }
}
