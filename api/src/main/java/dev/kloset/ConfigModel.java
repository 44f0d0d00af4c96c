package dev.kloset;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The model of a record marked with {@link Configuration}: binds settings to the record, and writes its schema, its chapter of
 * the documentation and its help. Immutable. The subclasses are generated.
 */
public abstract class ConfigModel<C extends Record> {

    /** The suffix of the names of generated classes. */
    public static final String SUFFIX = "_Settings";

    private static final Map<Class<?>, ConfigModel<?>> MODELS = new ConcurrentHashMap<>();

    private final String doc;
    private final List<ConfigSetting> settings;

    /** For generated code: one setting for each component, in order. */
    protected ConfigModel(String doc, List<ConfigSetting> settings) {
        this.doc = doc;
        this.settings = List.copyOf(settings);
    }

    /** {@return a record of these values, one for each setting} For generated code. */
    protected abstract C make(List<Object> values);

    /** For generated code: register the model of a record. */
    protected static <C extends Record> void register(Class<C> type, ConfigModel<C> model) {
        MODELS.put(type, model);
    }

    /**
     * {@return the model of {@code type}}
     *
     * @throws IllegalStateException if none was generated when {@code type} was compiled
     */
    @SuppressWarnings("unchecked") // register() is the only method that adds entries, and takes matching types only.
    public static <C extends Record> ConfigModel<C> of(Class<C> type) {
        ConfigModel<?> known = MODELS.get(type);
        if (known == null) {
            load(type);
            known = MODELS.get(type);
        }
        if (known == null) {
            throw new IllegalStateException(type.getName() + SUFFIX + " does not belong to " + type.getName());
        }
        return (ConfigModel<C>) known;
    }

    /** Load the class, which then registers itself. That needs no reflection, which would cost more than the whole binding. */
    private static void load(Class<?> type) {
        String name = type.getName().replace('$', '_') + SUFFIX;
        try {
            Class.forName(name, true, type.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("there is no " + name + ": mark the record " + type.getSimpleName()
                    + " with @Configuration and add kloset-processor to the compiler's annotation processors; if it is "
                    + "written in Kotlin, also name it in the arguments of the Java compiler", e);
        }
    }

    /** {@return what the user configures, in one sentence; may be empty} */
    public String doc() {
        return doc;
    }

    /** {@return the settings, in the order of the record} */
    public List<ConfigSetting> settings() {
        return settings.stream().filter(setting -> setting.type() != SettingType.REMAINING).toList();
    }

    /** {@return whether the value of {@code key}, a current key or one of earlier versions, must not be shown} */
    public boolean isSecret(String key) {
        for (ConfigSetting setting : settings) { // not a stream: this runs in every start
            if (setting.isSecret() && (setting.key().equals(key) || setting.aliases().contains(key))) {
                return true;
            }
        }
        return false;
    }

    /** {@return whether settings that the record does not name are allowed} */
    public boolean takesOthers() {
        return others().isPresent();
    }

    private Optional<ConfigSetting> others() {
        return settings.stream().filter(setting -> setting.type() == SettingType.REMAINING).findFirst();
    }

    /**
     * {@return the record with the values of {@code config}}
     *
     * @throws ConfigException naming every mistake at once
     */
    public C bind(ConnectorConfig config) throws ConfigException {
        List<Object> values = new ConfigBinding(settings, config).values();
        try {
            return make(values);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("the settings do not fit together: " + e.getMessage());
        }
    }

    /**
     * {@return the durations among the settings by key, as {@code config} gives them or else by their defaults} For tools that want
     * to know how patient a connector is. What is no duration is left out.
     */
    public Map<String, Duration> durations(ConnectorConfig config) {
        Map<String, Duration> durations = new TreeMap<>();
        for (ConfigSetting setting : settings) {
            String text = config.get(setting.key()).or(setting::defaultValue).orElse("");
            if (setting.type() == SettingType.DURATION && !setting.isList() && setting.type().matches(text)) {
                durations.put(setting.key(), (Duration) setting.type().parse(text));
            }
        }
        return durations;
    }

    /**
     * {@return what is wrong with the declaration itself, a sentence each} The annotation processor refuses every such
     * declaration.
     */
    public List<String> problems() {
        return new ConfigCheck(settings).problems();
    }

    /** {@return a JSON schema (draft 2020-12) for the manifest's {@code validator}} */
    public String schema() {
        return new ConfigSchema(this).text();
    }

    /**
     * {@return a description for programs, as a JSON object in one line}
     *
     * <p>Its members are {@code description}, {@code options} (a list of objects, each with {@code key}, {@code description},
     * {@code type}, {@code list}, {@code required}, {@code secret}, {@code takes} in words, and, where they exist, {@code
     * default}, {@code minimum}, {@code maximum}, {@code choices}, {@code pattern}, {@code defaultPort} and {@code aliases}),
     * {@code otherOptions} (whether keys that are not listed are allowed) and {@code schema}.
     */
    public String json() {
        return ConfigDescription.json(this);
    }

    /** {@return the settings as a Markdown table} */
    public String markdown() {
        return ConfigWords.markdown(this);
    }

    /** {@return the settings for a terminal, a line each and none longer than necessary} */
    public List<String> help() {
        return ConfigWords.help(this);
    }
}
