package dev.kloset.sdk.internal.log;

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
 * Secrets to be removed from texts that leave the process: exceptions of libraries often repeat their arguments. A host's secrets
 * are hidden from it; those of all hosts are hidden in what the process itself writes, such as its standard error. For all
 * threads.
 */
public final class SecretRedactor {

    private static final SecretRedactor PROCESS = new SecretRedactor();

    private final Set<String> secrets = new HashSet<>(); // guarded by itself

    /** Null after a new secret: made when a text is checked, not while the process starts. */
    private volatile @Nullable Redactor redactor = Redactor.NONE;

    private final @Nullable SecretRedactor all;

    /** Make a set of its own. */
    SecretRedactor() {
        this.all = null;
    }

    /** Make a set whose secrets are also added to {@code all}. */
    SecretRedactor(SecretRedactor all) {
        this.all = all;
    }

    /** {@return those of all hosts that this process has served} */
    public static SecretRedactor ofThisProcess() {
        return PROCESS;
    }

    /**
     * Hide the secrets in these settings from now on.
     *
     * @param model what the author has declared, if anything
     */
    public void learn(Map<String, String> settings, @Nullable ConfigModel<?> model) {
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            String key = setting.getKey();
            String value = setting.getValue();
            boolean declared = model != null && model.isSecret(key);
            if (declared || SecretKeys.isSecret(key) || LocationText.isWorthReading(value) || isHeader(value)) {
                add(FoundSecrets.of(key, value, declared));
            }
        }
    }

    /**
     * {@return whether a name and a value may stand in {@code value}, as in a header or in JSON} No location has such a colon.
     */
    private static boolean isHeader(String value) {
        return value.indexOf(": ") >= 0 || value.indexOf("\":") >= 0;
    }

    private void add(Set<String> found) {
        if (all != null) {
            all.add(found);
        }
        synchronized (secrets) {
            if (secrets.addAll(found)) {
                redactor = null;
            }
        }
    }

    /** {@return {@code text} with stars instead of secrets} */
    public String hide(String text) {
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
