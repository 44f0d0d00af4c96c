package dev.kloset;

import java.util.List;

/** The configuration of a connector is wrong. The message names keys and reasons, never values. */
public final class ConfigException extends ConnectorException {

    private static final long serialVersionUID = 1;

    private final transient List<String> mistakes;

    /** Make an exception that says in one sentence what is wrong, by key and never by value. */
    public ConfigException(String message) {
        this(List.of(message));
    }

    /** Make one exception of all {@code mistakes}; each is a sentence that names its key. */
    public ConfigException(List<String> mistakes) {
        super(ErrorKind.CONFIGURATION, together(mistakes), null);
        this.mistakes = List.copyOf(mistakes);
    }

    private static String together(List<String> mistakes) {
        if (mistakes.size() == 1) {
            return mistakes.getFirst();
        }
        StringBuilder all = new StringBuilder().append(mistakes.size()).append(" settings are wrong: ");
        for (int i = 0; i < mistakes.size(); i++) {
            all.append(i == 0 ? "(" : "; (").append(i + 1).append(") ").append(mistakes.get(i));
        }
        return all.toString();
    }

    /** {@return every mistake, a sentence each} */
    public List<String> mistakes() {
        return mistakes;
    }
}
