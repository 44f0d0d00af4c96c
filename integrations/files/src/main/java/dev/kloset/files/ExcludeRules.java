package dev.kloset.files;

import java.util.ArrayList;
import java.util.List;

/**
 * What the walk leaves out. The host applies the excludes to every record anyway, so these only save work: they may miss
 * something, but must never leave out what the host would keep. The last matching line decides.
 */
final class ExcludeRules {

    private final List<ExcludePattern> patterns = new ArrayList<>();

    /** {@return the rules in these lines of gitignore} */
    static ExcludeRules of(List<String> lines) {
        ExcludeRules rules = new ExcludeRules();
        for (String line : lines) {
            String trimmed = line.replaceFirst("\r+$", "").replaceFirst("(?<!\\\\) +$", "");
            if (!trimmed.isEmpty() && !trimmed.startsWith("#")) {
                rules.add(ExcludePattern.parse(trimmed));
            }
        }
        return rules;
    }

    private void add(ExcludePattern pattern) {
        if (pattern.isSafe()) {
            patterns.add(pattern);
        } else if (pattern.isNegated()) {
            // It may take anything out of what the lines so far exclude.
            patterns.clear();
        }
    }

    /** {@return whether the record of {@code pathname} is left out} */
    boolean exclude(String pathname, boolean isDirectory) {
        int last = lastMatch(pathname, isDirectory);
        return last >= 0 && !patterns.get(last).isNegated();
    }

    /** {@return whether something inside an excluded directory may have to be kept} */
    boolean mayKeepBelow(String directory) {
        for (int i = lastMatch(directory, true) + 1; i < patterns.size(); i++) {
            ExcludePattern pattern = patterns.get(i);
            if (pattern.isNegated() && pattern.mayMatchBelow(directory.substring(1))) {
                return true;
            }
        }
        return false;
    }

    private int lastMatch(String pathname, boolean isDirectory) {
        if (pathname.equals("/")) {
            return -1; // never excluded by the host
        }
        for (int i = patterns.size() - 1; i >= 0; i--) {
            if (patterns.get(i).matches(pathname.substring(1), isDirectory)) {
                return i;
            }
        }
        return -1;
    }
}
