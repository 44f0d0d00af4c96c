package dev.kloset.processor;

import dev.kloset.ConfigSetting;
import dev.kloset.Setting;
import dev.kloset.SettingType;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One component of a record.
 *
 * @param key the key of the setting
 * @param type the meaning of its text
 * @param shape how many values there are: an empty text for one, or the builder's method {@code optional} or {@code list}
 * @param javaType the type of the component, as source
 * @param constants the constants of an enum
 * @param enumType the enum as source, or an empty text
 * @param annotation the author's annotation
 */
record Component(String key, SettingType type, String shape, String javaType, List<String> constants, String enumType,
        @Nullable Setting annotation) implements Argument {

    @Override
    public Stream<Component> settings() {
        return Stream.of(this);
    }

    /** {@return the setting, with placeholders for the constants of an enum that is not compiled yet} */
    ConfigSetting setting() {
        ConfigSetting.Builder setting = ConfigSetting.of(key, type).choices(constants);
        if (annotation != null) {
            setting.doc(annotation.value())
                    .defaultValue(annotation.defaultValue())
                    .min(annotation.min())
                    .max(annotation.max())
                    .pattern(annotation.pattern())
                    .aliases(annotation.aliases())
                    .defaultPort(annotation.defaultPort());
        }
        switch (shape) {
            case "optional" -> setting.optional();
            case "list" -> setting.list();
            default -> {
            }
        }
        return setting.build();
    }
}
