package dev.kloset.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Replaces secrets in texts with stars or names. Finds them as they are, in Base64, with percent signs, as in JSON and HTML, and
 * with blanks for line breaks. Immutable, for all threads.
 *
 * <p>A secret that is an ordinary word of sentences about errors, or that has one or two characters, is hidden where it stands as
 * a value: as the whole text, after an equals sign or a colon, beside an {@code @}, between quotes or brackets, after the name of
 * a secret. One of three characters is hidden where it stands as a word, every other one everywhere.
 */
public final class Redactor {

    /** Hides nothing. */
    public static final Redactor NONE = new Redactor(List.of());

    private static final int ASCII = 128;

    private final List<HiddenText> hidden;
    private final List<List<HiddenText>> byFirst; // never changed after construction

    /** The longest first. A class, because no start-up cache can hold the comparators that Comparator makes. */
    private static final class LongestFirst implements Comparator<HiddenText> {
        @Override
        public int compare(HiddenText one, HiddenText other) {
            return Integer.compare(other.length(), one.length());
        }
    }

    private Redactor(List<HiddenText> hidden) {
        List<HiddenText> sorted = new ArrayList<>(hidden);
        sorted.sort(new LongestFirst());
        this.hidden = sorted;
        this.byFirst = new ArrayList<>();
        for (int i = 0; i <= ASCII; i++) {
            byFirst.add(new ArrayList<>(0));
        }
        for (HiddenText text : sorted) {
            byFirst.get(Math.min(text.first(), ASCII)).add(text);
        }
    }

    /** {@return a redactor that replaces these secrets with stars} */
    public static Redactor of(Iterable<String> secrets) {
        Builder builder = new Builder();
        for (String secret : secrets) {
            builder.secret(secret, LocationText.HIDDEN);
        }
        return builder.build();
    }

    /** {@return a redactor for everything that looks secret in these settings} */
    public static Redactor ofSettings(Map<String, String> settings) {
        List<String> secrets = new ArrayList<>();
        settings.forEach((key, value) -> secrets.addAll(FoundSecrets.of(key, value, false)));
        return of(secrets);
    }

    /** {@return {@code text} without secrets; the same object if it contains none} */
    public String hide(String text) {
        StringBuilder shown = null;
        int copied = 0;
        for (int at = 0; !hidden.isEmpty() && at < text.length(); at++) {
            HiddenText found = longest(text, at);
            if (found != null) {
                shown = shown == null ? new StringBuilder() : shown;
                shown.append(text, copied, at);
                int end = found.end(text, at);
                shown.append(found.mark());
                copied = behindOverlapping(text, at, end, found.mark(), shown);
                at = copied - 1;
            }
        }
        return shown == null ? text : shown.append(text, copied, text.length()).toString();
    }

    /** Find the end of a secret that begins within another one and ends after it: its rest must not stay. */
    private int behindOverlapping(String text, int start, int firstEnd, String firstMark, StringBuilder shown) {
        int end = firstEnd;
        String mark = firstMark;
        for (int at = start + 1; at < end; at++) {
            HiddenText found = longest(text, at);
            int further = found == null ? end : found.end(text, at);
            if (found != null && further > end) {
                if (!found.mark().equals(mark)) {
                    mark = found.mark();
                    shown.append(mark);
                }
                end = further;
            }
        }
        return end;
    }

    private @Nullable HiddenText longest(String text, int at) {
        char c = text.charAt(at);
        HiddenText best = longest(text, at, bucket(c), null);
        int encoded = EncodedCharacter.mayBegin(c) ? EncodedCharacter.encodedAt(text, at) : EncodedCharacter.NONE;
        return encoded < 0 ? best : longest(text, at, bucket(encoded), best);
    }

    private static @Nullable HiddenText longest(String text, int at, List<HiddenText> candidates,
            @Nullable HiddenText known) {
        HiddenText best = known;
        int bestEnd = known == null ? at : known.end(text, at);
        for (HiddenText each : candidates) {
            int end = each.end(text, at);
            if (end > bestEnd) {
                bestEnd = end;
                best = each;
            }
        }
        return best;
    }

    /** {@return the texts that begin with {@code c}; if it is not ASCII, with any such character} */
    private List<HiddenText> bucket(int c) {
        return byFirst.get(Math.min(c, ASCII));
    }

    /** Collects texts to hide; the first mark of a text counts. Not for several threads. */
    public static final class Builder {

        private final Map<String, HiddenText> texts = new LinkedHashMap<>();

        /** Begin a redactor that hides nothing yet. */
        public Builder() {}

        /** Hide a secret and its Base64. */
        public Builder secret(String text, String mark) {
            if (!text.isBlank()) {
                texts.putIfAbsent(text, HiddenText.secret(text, mark));
                for (String form : Base64Forms.of(text)) {
                    texts.putIfAbsent(form, HiddenText.secret(form, mark));
                }
            }
            return this;
        }

        /** Hide a text that is not a secret but must not be recorded. */
        public Builder text(String text, String mark) {
            if (!text.isBlank()) {
                texts.putIfAbsent(text, HiddenText.secret(text, mark));
            }
            return this;
        }

        /** Hide a short text wherever it stands as a word. */
        public Builder word(String text, String mark) {
            if (!text.isBlank()) {
                texts.putIfAbsent(text, HiddenText.word(text, mark));
            }
            return this;
        }

        /** {@return the redactor} */
        public Redactor build() {
            return texts.isEmpty() ? NONE : new Redactor(List.copyOf(texts.values()));
        }
    }
}
