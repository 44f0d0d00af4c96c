package dev.kloset;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The settings of a connector as the user gave them: text by key. Immutable. Values may be secrets, so this class never prints
 * one.
 */
public final class ConnectorConfig {

    private static final String LOCATION = "location";

    private final Map<String, String> values;

    private ConnectorConfig(Map<String, String> values) {
        this.values = values;
    }

    /** {@return the configuration with these values, which are copied} */
    public static ConnectorConfig of(Map<String, String> values) {
        return new ConnectorConfig(Map.copyOf(values));
    }

    /**
     * {@return these settings as a record that is marked with {@link Configuration}} The builder of {@link Plugin} does this for
     * connectors that name their record in it.
     *
     * @throws ConfigException naming every mistake at once
     */
    public <C extends Record> C as(Class<C> type) throws ConfigException {
        return ConfigModel.of(type).bind(this);
    }

    /** {@return the place to work on: the key {@code location}, which the host always sends} */
    public Location location() throws ConfigException {
        return Location.parse(required(LOCATION));
    }

    /**
     * {@return the value of {@code key}}
     *
     * @throws ConfigException if it is missing or empty
     */
    public String required(String key) throws ConfigException {
        return get(key).filter(value -> !value.isEmpty())
                .orElseThrow(() -> new ConfigException("the setting \"" + key + "\" is missing"));
    }

    /** {@return the value of {@code key}, if there is one} */
    public Optional<String> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** {@return the value of {@code key}, or {@code otherwise}} */
    public String string(String key, String otherwise) {
        return get(key).orElse(otherwise);
    }

    /**
     * {@return the truth value of {@code key}, or {@code otherwise}}
     *
     * @throws ConfigException unless it is a known word
     */
    public boolean bool(String key, boolean otherwise) throws ConfigException {
        String value = values.get(key);
        if (value == null) {
            return otherwise;
        }
        // The words that Go's strconv.ParseBool takes, because Plakar itself writes "true" for a bare -o key.
        return switch (value) {
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            case "0", "f", "F", "false", "FALSE", "False" -> false;
            default -> throw new ConfigException("the setting \"" + key + "\" must be true or false");
        };
    }

    /**
     * {@return the number under {@code key}, or {@code otherwise}}
     *
     * @throws ConfigException unless it is a whole number
     */
    public long number(String key, long otherwise) throws ConfigException {
        String value = values.get(key);
        if (value == null) {
            return otherwise;
        }
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new ConfigException("the setting \"" + key + "\" must be a whole number");
        }
    }

    /**
     * Refuse unknown settings.
     *
     * @throws ConfigException naming every key that is neither in {@code known} nor {@code location}
     */
    public void allowOnly(Set<String> known) throws ConfigException {
        var unknown = values.keySet()
                .stream()
                .filter(key -> !known.contains(key) && !key.equals(LOCATION))
                .sorted()
                .toList();
        if (!unknown.isEmpty()) {
            Set<String> all = new TreeSet<>(known);
            all.add(LOCATION);
            throw new ConfigException("unknown setting " + String.join(", ", unknown) + "; known are "
                    + String.join(", ", all));
        }
    }

    /** {@return all settings, secrets included: never log this map} */
    public Map<String, String> values() {
        return values;
    }

    /** {@return the keys, without values} */
    @Override
    public String toString() {
        return "settings " + values.keySet().stream().sorted().toList();
    }
}
