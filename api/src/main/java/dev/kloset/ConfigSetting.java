package dev.kloset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One setting of a {@link ConfigModel}. Immutable; made by generated code. */
public final class ConfigSetting {

    private enum Shape {
        ONE,
        OPTIONAL,
        LIST
    }

    private final String key;
    private final SettingType type;
    private final Shape shape;
    private final String doc;
    private final String defaultValue;
    private final String min;
    private final String max;
    private final String pattern;
    private final int defaultPort;
    private final List<String> aliases;
    private final List<String> names; // of the constants of an enum
    private final List<Enum<?>> choices; // the constants themselves, unless there is no code for them yet

    private ConfigSetting(Builder builder) {
        this.key = builder.key;
        this.type = builder.type;
        this.shape = builder.shape;
        this.doc = builder.doc;
        this.defaultValue = builder.defaultValue;
        this.min = builder.min;
        this.max = builder.max;
        this.pattern = builder.pattern;
        this.defaultPort = builder.defaultPort;
        this.aliases = builder.aliases;
        this.names = builder.names;
        this.choices = builder.choices;
    }

    /** {@return a builder of a required setting} */
    public static Builder of(String key, SettingType type) {
        return new Builder(key, type);
    }

    /** {@return what users write before the {@code =}} */
    public String key() {
        return key;
    }

    /** {@return what its text means} */
    public SettingType type() {
        return type;
    }

    /** {@return what the setting does, in a sentence; may be empty} */
    public String doc() {
        return doc;
    }

    /** {@return the text that stands in for a missing one, if there is a default} */
    public Optional<String> defaultValue() {
        if (type == SettingType.BOOLEAN && shape == Shape.ONE && defaultValue.isEmpty()) {
            return Optional.of("false");
        }
        return Optional.of(defaultValue).filter(text -> !text.isEmpty());
    }

    /** {@return the smallest value as text, if there is one} */
    public Optional<String> min() {
        return Optional.of(min).filter(text -> !text.isEmpty());
    }

    /** {@return the largest value as text, if there is one} */
    public Optional<String> max() {
        return Optional.of(max).filter(text -> !text.isEmpty());
    }

    /** {@return keys of earlier versions} */
    public List<String> aliases() {
        return aliases;
    }

    /** {@return whether the value must not be shown} */
    public boolean isSecret() {
        return type == SettingType.SECRET;
    }

    /** {@return whether the user must give a value} */
    public boolean isRequired() {
        return shape == Shape.ONE && type != SettingType.REMAINING && defaultValue().isEmpty();
    }

    boolean isList() {
        return shape == Shape.LIST;
    }

    boolean isOptional() {
        return shape == Shape.OPTIONAL;
    }

    int defaultPort() {
        return defaultPort;
    }

    String ownPattern() {
        return pattern;
    }

    /** {@return the words of an enum: lower-case letters with {@code -}, or with {@code _}, or as the constant is written} */
    List<String> words() {
        List<String> words = new ArrayList<>();
        for (String name : names) {
            String small = name.toLowerCase(Locale.ROOT);
            for (String word : List.of(small.replace('_', '-'), small, name)) {
                if (!words.contains(word)) {
                    words.add(word);
                }
            }
        }
        return words;
    }

    /** {@return one word for each constant, in the spelling of the documentation} */
    List<String> mainWords() {
        return names.stream().map(name -> name.toLowerCase(Locale.ROOT).replace('_', '-')).toList();
    }

    /** {@return the constant that a word names; its name if the enum is not compiled yet} */
    @Nullable
    Object choice(String word) {
        for (int i = 0; i < names.size(); i++) {
            String small = names.get(i).toLowerCase(Locale.ROOT);
            if (word.equals(names.get(i)) || word.equals(small) || word.equals(small.replace('_', '-'))) {
                return choices.isEmpty() ? names.get(i) : choices.get(i);
            }
        }
        return null;
    }

    /** Builds a {@link ConfigSetting}. Not for several threads. */
    public static final class Builder {

        private final String key;
        private final SettingType type;
        private Shape shape = Shape.ONE;
        private String doc = "";
        private String defaultValue = "";
        private String min = "";
        private String max = "";
        private String pattern = "";
        private int defaultPort;
        private List<String> aliases = List.of();
        private List<String> names = List.of();
        private List<Enum<?>> choices = List.of();

        private Builder(String key, SettingType type) {
            this.key = Objects.requireNonNull(key, "key");
            this.type = Objects.requireNonNull(type, "type");
        }

        /** Make the setting optional. */
        public Builder optional() {
            shape = Shape.OPTIONAL;
            return this;
        }

        /** Make the setting a list, with commas between its entries. */
        public Builder list() {
            shape = Shape.LIST;
            return this;
        }

        /** Set what the setting does, in one sentence for users. */
        public Builder doc(String value) {
            doc = value;
            return this;
        }

        /** Set the text that stands in for a missing one. */
        public Builder defaultValue(String value) {
            defaultValue = value;
            return this;
        }

        /** Set the smallest value. */
        public Builder min(String value) {
            min = value;
            return this;
        }

        /** Set the largest value. */
        public Builder max(String value) {
            max = value;
            return this;
        }

        /** Set a regular expression that the whole text must match. */
        public Builder pattern(String value) {
            pattern = value;
            return this;
        }

        /** Set the port of a location that names none. */
        public Builder defaultPort(int value) {
            defaultPort = value;
            return this;
        }

        /** Set keys of earlier versions, which are still accepted. */
        public Builder aliases(String... keys) {
            aliases = List.of(keys);
            return this;
        }

        /** Set the allowed constants of an enum. */
        public Builder choices(Enum<?>... constants) {
            choices = List.copyOf(Arrays.asList(constants));
            names = new ArrayList<>();
            for (Enum<?> constant : constants) {
                names.add(constant.name());
            }
            return this;
        }

        /** Name the constants of an enum that is being compiled. */
        public Builder choices(List<String> constants) {
            names = List.copyOf(constants);
            return this;
        }

        /** {@return the setting} */
        public ConfigSetting build() {
            return new ConfigSetting(this);
        }
    }
}
