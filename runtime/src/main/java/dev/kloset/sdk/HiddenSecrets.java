package dev.kloset.sdk;

import dev.kloset.ConfigModel;
import dev.kloset.internal.FoundSecrets;
import dev.kloset.internal.LocationText;
import dev.kloset.internal.Redactor;
import dev.kloset.internal.SecretKeys;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of the connectors that a process serves, to be taken out of texts that leave it: exceptions of libraries like to repeat
 * what they were given. For all threads.
 */
final class HiddenSecrets {

    private static final HiddenSecrets PROCESS = new HiddenSecrets();

    private final Set<String> secrets = new HashSet<>(); // guarded by itself

    /** Null after a secret was learned: made when a text is looked at, not while the process starts. */
    private volatile @Nullable Redactor redactor = Redactor.NONE;

    HiddenSecrets() {}

    /** {@return those of the one connector that this process serves} */
    static HiddenSecrets ofThisProcess() {
        return PROCESS;
    }

    /**
     * Hide the secrets in these settings from now on.
     *
     * @param model what the author has declared, if anything
     */
    void learn(Map<String, String> settings, @Nullable ConfigModel<?> model) {
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            String key = setting.getKey();
            String value = setting.getValue();
            boolean declared = model != null && model.isSecret(key);
            if (declared || SecretKeys.isSecret(key) || LocationText.isWorthReading(value) || isHeader(value)) {
                add(FoundSecrets.of(key, value, declared));
            }
        }
    }

    /** {@return whether a name and a value may stand in {@code value}, as in a header or in JSON} A location has no such colon. */
    private static boolean isHeader(String value) {
        return value.indexOf(": ") >= 0 || value.indexOf("\":") >= 0;
    }

    private void add(Set<String> found) {
        synchronized (secrets) {
            if (secrets.addAll(found)) {
                redactor = null;
            }
        }
    }

    /** {@return {@code text} with stars instead of secrets} */
    String hide(String text) {
        Redactor known = redactor;
        return (known == null ? made() : known).hide(text);
    }

    private Redactor made() {
        synchronized (secrets) {
            Redactor fresh = Redactor.of(secrets);
            redactor = fresh;
            return fresh;
        }
    }
}
