package dev.kloset;

import java.util.ArrayList;
import java.util.List;

/** Describes a configuration to people. */
final class ConfigWords {

    private ConfigWords() {}

    static String markdown(ConfigModel<?> model) {
        StringBuilder table = new StringBuilder();
        if (!model.doc().isEmpty()) {
            table.append(model.doc()).append("\n\n");
        }
        table.append("| setting | value | without it | what it does |\n|---|---|---|---|\n");
        for (ConfigSetting setting : model.settings()) {
            table.append("| `")
                    .append(setting.key())
                    .append("` | ")
                    .append(cell(SettingText.kind(setting)))
                    .append(" | ")
                    .append(cell(absent(setting)))
                    .append(" | ")
                    .append(cell(meaning(setting)))
                    .append(" |\n");
        }
        return table.append(model.takesOthers() ? "\nOther settings are passed on.\n" : "").toString();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    private static String absent(ConfigSetting setting) {
        return setting.isRequired() ? "required" : setting.defaultValue().map(text -> "`" + text + "`").orElse("");
    }

    private static String meaning(ConfigSetting setting) {
        return setting.aliases().isEmpty()
                ? setting.doc()
                : (setting.doc() + " Formerly called " + String.join(", ", setting.aliases()) + ".").strip();
    }

    static List<String> help(ConfigModel<?> model) {
        int width = model.settings().stream().mapToInt(setting -> setting.key().length()).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (ConfigSetting setting : model.settings()) {
            String absent = setting.isRequired()
                    ? ", required"
                    : setting.defaultValue().map(text -> ", without it " + text).orElse("");
            lines.add(setting.key() + " ".repeat(width - setting.key().length()) + "  " + SettingText.kind(setting)
                    + absent + (meaning(setting).isEmpty() ? "" : ": " + meaning(setting)));
        }
        return lines;
    }
}
