package dev.kloset.testkit.property;

import dev.kloset.FileMode;
import dev.kloset.testkit.contract.PreservedAttribute;
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
 * What one file, directory or link looks like, limited to what a destination can keep.
 *
 * @param content the content of a file, in words
 * @param target the target of a symbolic link
 * @param attributes the extended attributes and their values, in words
 * @param firstName the first of all names of this file
 */
public record EntrySnapshot(FileMode mode, Instant time, long uid, long gid, String content, String target,
        Map<String, String> attributes, String firstName, long names) {

    private static final int DIGITS = 12;

    public EntrySnapshot {
        attributes = new TreeMap<>(attributes);
    }

    /** {@return a description of some bytes that differs for different bytes} */
    public static String words(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return bytes.length + " bytes (SHA-256 " + HexFormat.of().formatHex(digest).substring(0, DIGITS) + "…)";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** {@return a description of all that the destination keeps} */
    public String words(Set<PreservedAttribute> kept) {
        List<String> words = new ArrayList<>();
        boolean isLink = mode.isSymlink();
        words.add(isLink
                ? "link to " + ArbitraryName.quoted(target)
                : mode.isDirectory() ? "directory" : "file of " + content);
        if (kept.contains(PreservedAttribute.MODES) && !isLink) {
            words.add(mode.toString());
        }
        if (kept.contains(PreservedAttribute.TIMES)) {
            words.add(time.toString());
        }
        if (kept.contains(PreservedAttribute.OWNERS)) {
            words.add("owner " + uid + ":" + gid);
        }
        if (kept.contains(PreservedAttribute.EXTENDED_ATTRIBUTES) && !attributes.isEmpty()) {
            words.add("attributes " + attributes);
        }
        if (kept.contains(PreservedAttribute.HARD_LINKS) && mode.isRegular() && names > 1) {
            words.add("one of " + names + " names of " + ArbitraryName.quoted(firstName));
        }
        return String.join(", ", words);
    }
}
