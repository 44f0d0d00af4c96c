package dev.kloset.cli.compare;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * Which aspects are compared, and how exactly.
 *
 * @param leftOut the aspects that are not compared, with the reason
 * @param timeUnit the part of a second to which times are compared, in nanoseconds
 */
record Policy(Map<Aspect, String> leftOut, int timeUnit) {

    static Policy of(Traits a, Traits b, Set<Aspect> ignored) {
        Map<Aspect, String> leftOut = new EnumMap<>(Aspect.class);
        for (Aspect aspect : Aspect.values()) {
            if (ignored.contains(aspect)) {
                leftOut.put(aspect, "you left it out");
            } else if (!a.expresses(aspect) || !b.expresses(aspect)) {
                leftOut.put(aspect, reason(a.expresses(aspect), b.expresses(aspect)));
            }
        }
        return new Policy(leftOut, Math.max(a.timeUnit(), b.timeUnit()));
    }

    private static String reason(boolean inA, boolean inB) {
        if (!inA && !inB) {
            return "neither side has any";
        }
        return (inA ? "B" : "A") + " has none";
    }

    boolean compares(Aspect aspect) {
        return !leftOut.containsKey(aspect);
    }

    /** {@return whether entries of this type count} */
    boolean compares(EntryType type) {
        return switch (type) {
            case DIRECTORY -> compares(Aspect.DIRECTORIES);
            case SYMLINK -> compares(Aspect.SYMLINKS);
            case XATTR -> compares(Aspect.XATTRS);
            case CHARACTER_DEVICE, BLOCK_DEVICE, PIPE, SOCKET -> compares(Aspect.SPECIALS);
            case FILE, ERROR -> true;
        };
    }

    boolean sameTime(Instant a, Instant b) {
        return a.getEpochSecond() == b.getEpochSecond() && a.getNano() / timeUnit == b.getNano() / timeUnit;
    }
}
