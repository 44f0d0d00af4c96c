package dev.kloset;

import dev.kloset.internal.SecretKeys;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Looks for mistakes in the declaration of settings, before users can run into them. */
final class ConfigCheck {

    /** What {@code plakar source show} masks: these keys, and keys that end in {@code _} and one of these. */
    private static final List<String> MASKED = List.of("access_key", "secret_access_key", "passphrase", "password",
            "pass", "private_key", "token", "client_id", "client_secret", "auth_token");

    /** The keys among these that are never anything but secret. */
    private static final List<String> ALWAYS_SECRET = List.of("secret_access_key", "passphrase", "password", "pass",
            "private_key", "token", "client_secret", "auth_token");

    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9_]*");

    private final List<ConfigSetting> settings;
    private final List<String> problems = new ArrayList<>();

    ConfigCheck(List<ConfigSetting> settings) {
        this.settings = settings;
    }

    List<String> problems() {
        Set<String> keys = new HashSet<>();
        for (ConfigSetting setting : settings) {
            keysOf(setting).stream().filter(key -> !keys.add(key)).forEach(key -> say(key, "is declared twice"));
            if (setting.type() != SettingType.REMAINING) {
                names(setting);
                values(setting);
                shape(setting);
            }
        }
        return List.copyOf(problems);
    }

    private void say(String key, String what) {
        problems.add("the setting \"" + key + "\" " + what);
    }

    private static List<String> keysOf(ConfigSetting setting) {
        List<String> keys = new ArrayList<>(setting.aliases());
        keys.add(setting.key());
        return keys;
    }

    private void names(ConfigSetting setting) {
        boolean place = setting.type().isLocation();
        for (String key : keysOf(setting)) {
            if (!KEY.matcher(key).matches()) {
                say(key, "needs a key of lower-case letters, digits and _");
            } else if (key.equals("location") != place) {
                say(key, place ? "holds the location and must be called location" : "is the location's own key");
            } else if (SecretKeys.OF_THE_HOST.contains(key)) {
                say(key, "is a key of Plakar's own and never reaches a connector; call it key_" + key);
            } else if (setting.isSecret() && !isMasked(key)) {
                say(key, "is a secret that Plakar would print in clear text; call it " + maskedName(key));
            } else if (!setting.isSecret() && ALWAYS_SECRET.stream().anyMatch(word -> endsIn(key, word))) {
                say(key, "is a secret by its name; declare it as Secret");
            }
        }
    }

    private static boolean endsIn(String key, String word) {
        return key.equals(word) || key.endsWith("_" + word);
    }

    /** {@return whether Plakar shows stars instead of the value of {@code key}} */
    static boolean isMasked(String key) {
        return MASKED.stream().anyMatch(word -> endsIn(key, word));
    }

    private static String maskedName(String key) {
        return endsIn(key, "key") ? key.substring(0, key.length() - "key".length()) + "access_key" : key + "_token";
    }

    private void values(ConfigSetting setting) {
        String key = setting.key();
        if (setting.isSecret() && setting.defaultValue().isPresent()) {
            say(key, "is a secret with a default, which anyone could read");
        }
        if (!setting.ownPattern().isEmpty()) {
            pattern(setting);
        }
        for (String bound : List.of(setting.min().orElse(""), setting.max().orElse(""))) {
            if (!bound.isEmpty() && !(setting.type().hasBounds() && isValue(setting.type(), bound))) {
                say(key, "has the bound " + bound + ", which is not a " + setting.type().words());
                return;
            }
        }
        setting.defaultValue().ifPresent(text -> {
            try {
                SettingText.parse(setting, text);
            } catch (IllegalArgumentException e) {
                say(key, "has the default " + text + ", but it " + e.getMessage());
            }
        });
    }

    private static boolean isValue(SettingType type, String text) {
        try {
            return text.matches(type.pattern()) && type.parse(text) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void pattern(ConfigSetting setting) {
        String pattern = setting.ownPattern();
        if (setting.type() != SettingType.TEXT || setting.isList()) {
            say(setting.key(), "has a pattern, which only goes with a single String");
        } else if (pattern.matches(".*(?:\\(\\?[^:=!<]|\\\\[QEAZzGRhHXp]|[+*?}]\\+).*")) {
            say(setting.key(), "has a pattern that JSON Schema reads differently from Java: " + pattern);
        } else {
            try {
                Pattern.compile(pattern);
            } catch (PatternSyntaxException e) {
                say(setting.key(), "has an invalid pattern: " + e.getDescription());
            }
        }
    }

    private void shape(ConfigSetting setting) {
        boolean single = setting.isSecret() || setting.type().isLocation()
                || setting.type() == SettingType.HOSTS || setting.type() == SettingType.SPLIT
                || setting.type() == SettingType.JARS;
        if (setting.isList() && (single || setting.min().isPresent() || setting.max().isPresent())) {
            say(setting.key(), single ? "cannot be a list" : "is a list, which has no bounds");
        }
        if (setting.isOptional() && setting.defaultValue().isPresent()) {
            say(setting.key(), "is Optional and has a default: it would never be empty");
        }
    }
}
