package dev.kloset.testkit;

import dev.kloset.FileMode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What one file, directory or link looks like, as far as it can be kept.
 *
 * @param content of a file, in words
 * @param target of a symbolic link
 * @param attributes extended attributes and their values in words
 * @param firstName the first of all names of this file
 */
record EntryLook(FileMode mode, Instant time, long uid, long gid, String content, String target,
        Map<String, String> attributes, String firstName, long names) {

    private static final int DIGITS = 12;

    EntryLook {
        attributes = new TreeMap<>(attributes);
    }

    /** {@return some bytes in words: the same words for the same bytes alone} */
    static String words(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return bytes.length + " bytes (SHA-256 " + HexFormat.of().formatHex(digest).substring(0, DIGITS) + "…)";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** {@return all of it that is kept} */
    String words(Set<Kept> kept) {
        List<String> words = new ArrayList<>();
        boolean isLink = mode.isSymlink();
        words.add(isLink
                ? "link to " + ArbitraryName.quoted(target)
                : mode.isDirectory() ? "directory" : "file of " + content);
        if (kept.contains(Kept.MODES) && !isLink) {
            words.add(mode.toString());
        }
        if (kept.contains(Kept.TIMES)) {
            words.add(time.toString());
        }
        if (kept.contains(Kept.OWNERS)) {
            words.add("owner " + uid + ":" + gid);
        }
        if (kept.contains(Kept.EXTENDED_ATTRIBUTES) && !attributes.isEmpty()) {
            words.add("attributes " + attributes);
        }
        if (kept.contains(Kept.HARD_LINKS) && mode.isRegular() && names > 1) {
            words.add("one of " + names + " names of " + ArbitraryName.quoted(firstName));
        }
        return String.join(", ", words);
    }
}
