package dev.kloset.internal;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Guesses which word the user meant. */
public final class NearestWord {

    private NearestWord() {}

    /** {@return the word that differs from {@code text} in the fewest letters, if these are few enough} */
    public static @Nullable String of(String text, Collection<String> words) {
        String wanted = text.toLowerCase(Locale.ROOT).replace('-', '_');
        String best = null;
        int fewest = Math.min(2, wanted.length() / 3) + 1;
        for (String word : words) {
            int distance = distance(wanted, word.toLowerCase(Locale.ROOT).replace('-', '_'), fewest);
            if (distance < fewest) {
                fewest = distance;
                best = word;
            }
        }
        return best;
    }

    /** {@return a question after the nearest word, to put behind a sentence that says what is wrong; empty without such a word} */
    public static String question(String text, Collection<String> words) {
        String nearest = of(text, words);
        return nearest == null ? "" : "; did you mean \"" + nearest + "\"?";
    }

    /**
     * The number of letters to add, drop, replace or swap with their neighbour. For texts too different in length, just the
     * limit.
     */
    private static int distance(String a, String b, int limit) {
        if (Math.abs(a.length() - b.length()) >= limit) {
            return limit;
        }
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                boolean same = a.charAt(i - 1) == b.charAt(j - 1);
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + (same ? 0 : 1));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
