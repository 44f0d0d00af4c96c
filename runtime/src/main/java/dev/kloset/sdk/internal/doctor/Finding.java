package dev.kloset.sdk.internal.doctor;

import dev.kloset.sdk.internal.log.SecretRedactor;
import java.util.Locale;

/**
 * The outcome of one step of a check-up.
 *
 * @param detail a sentence, or empty
 */
record Finding(String step, Result result, String detail) {

    /** How a step ended. */
    enum Result {
        OK,
        FAILED,
        NOT_CHECKED;

        /** {@return the word in JSON} */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** {@return the words for a person} */
        String words() {
            return word().replace('_', ' ');
        }
    }

    Finding {
        detail = detail.isEmpty() ? "" : SecretRedactor.ofThisProcess().hide(detail);
    }
}
