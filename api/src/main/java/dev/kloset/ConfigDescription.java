package dev.kloset;

import dev.kloset.internal.JsonWriter;
import dev.kloset.internal.JsonWriter.Escape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Describes a configuration to programs: every option with its properties, and the schema. */
final class ConfigDescription {

    private ConfigDescription() {}

    static String json(ConfigModel<?> model) {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("description", model.doc());
        description.put("options", model.settings().stream().map(ConfigDescription::option).toList());
        description.put("otherOptions", model.takesOthers());
        description.put("schema", new ConfigSchema(model).tree());
        return JsonWriter.line(description, Escape.PAIRS);
    }

    private static Map<String, Object> option(ConfigSetting setting) {
        Map<String, Object> option = new LinkedHashMap<>();
        option.put("key", setting.key());
        option.put("description", setting.doc());
        option.put("type", type(setting.type()));
        option.put("list", setting.isList());
        option.put("required", setting.isRequired());
        option.put("secret", setting.isSecret());
        option.put("takes", SettingText.kind(setting));
        setting.defaultValue().ifPresent(text -> option.put("default", text));
        setting.min().ifPresent(text -> option.put("minimum", text));
        setting.max().ifPresent(text -> option.put("maximum", text));
        if (setting.type() == SettingType.CHOICE) {
            option.put("choices", setting.mainWords());
        }
        if (!setting.ownPattern().isEmpty()) {
            option.put("pattern", setting.ownPattern());
        }
        if (setting.defaultPort() > 0) {
            option.put("defaultPort", new JsonWriter.Literal(Integer.toString(setting.defaultPort())));
        }
        if (!setting.aliases().isEmpty()) {
            option.put("aliases", List.copyOf(setting.aliases()));
        }
        return option;
    }

    /** Describes a type in the words of a plugin's users, not of Java. */
    private static String type(SettingType type) {
        return switch (type) {
            case BOOLEAN -> "boolean";
            case INTEGER, LONG -> "integer";
            case DECIMAL -> "number";
            case REMOTE, CLUSTER -> "location";
            default -> type.name().toLowerCase(Locale.ROOT);
        };
    }
}
