package dev.kloset;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the user wants left out of a backup, read exactly as Plakar reads it. The host drops excluded records anyway; an
 * importer asks so that what is excluded is neither listed nor sent:
 *
 * {@snippet :
 * if (excludes.prunes(directory)) {
 *     return; // not listed: all of it would be dropped
 * }
 * if (!excludes.excludes(directory, true)) {
 *     records.emit(...);
 * }
 * }
 *
 * <p>The lines look like those of {@code .gitignore}; the last one that matches a path decides, and what matches a directory
 * matches all that is in it. Plakar reads them with another library than Git, so some differ from what Git's manual says:
 * <ul>
 * <li>{@code !keep} also takes back what lies in an excluded directory, which is then listed;
 * <li>behind {@code **} the first place that fits is the only one tried: <code>**&#47;a/b</code> does not find {@code /a/x/a/b};
 * <li>{@code dir/**} is {@code dir} itself too, and {@code /**} is nothing;
 * <li>{@code [!a]} is an exclamation mark or an a, {@code [^a]} is anything but an a; there are no {@code [:classes:]};
 * <li>{@code *} may end inside a letter of several bytes: {@code *??} matches the one letter €;
 * <li>a backslash keeps a blank at the end of a line only if there are two of them, and then stands for itself before it.
 * </ul>
 *
 * <p>Immutable, for any number of threads. Nothing blocks.
 */
public final class Excludes {

    private final List<ExcludeLine> lines;

    private Excludes(List<ExcludeLine> lines) {
        this.lines = lines;
    }

    /**
     * {@return what these lines exclude} Comments, empty lines and lines that Plakar can make nothing of are ignored.
     *
     * @param lines as in {@link Options#excludes}
     */
    public static Excludes of(List<String> lines) {
        List<ExcludeLine> readable = new ArrayList<>();
        for (String line : lines) {
            ExcludeLine.parse(line).ifPresent(readable::add);
        }
        return new Excludes(List.copyOf(readable));
    }

    /**
     * {@return whether this line can have an effect, or is meant to have none} Plakar ignores the others without a word: a
     * bracket that is not closed, a lone slash, {@code **} beside other characters in a pattern with slashes.
     */
    public static boolean isReadable(String line) {
        return ExcludeLine.isComment(line) || ExcludeLine.parse(line).isPresent();
    }

    /**
     * {@return whether the host drops the record of this path} Never for the root of everything. The host takes extended
     * attributes and error records, except that it keeps the latter, for paths that are no directories.
     *
     * @param pathname as in the record: absolute, slash separated
     */
    public boolean excludes(String pathname, boolean isDirectory) {
        if (lines.isEmpty() || pathname.equals("/")) {
            return false;
        }
        List<byte[]> path = components(pathname);
        int last = lastMatch(path, isDirectory);
        return last >= 0 && !lines.get(last).isNegated();
    }

    /**
     * {@return whether the host drops this directory and everything that can be in it} It need not be listed then. If this
     * is false the directory itself may still be excluded: a later line may take back something in it.
     *
     * @param directory its path as in the record: absolute, slash separated
     */
    public boolean prunes(String directory) {
        if (lines.isEmpty() || directory.equals("/")) {
            return false;
        }
        List<byte[]> path = components(directory);
        int last = lastMatch(path, true);
        return last >= 0 && !lines.get(last).isNegated()
                && lines.subList(last + 1, lines.size())
                        .stream()
                        .noneMatch(line -> line.isNegated() && line.match(path, true) == ExcludeLine.Match.BELOW);
    }

    private int lastMatch(List<byte[]> path, boolean isDirectory) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (lines.get(i).match(path, isDirectory) == ExcludeLine.Match.YES) {
                return i;
            }
        }
        return -1;
    }

    private static List<byte[]> components(String pathname) {
        List<byte[]> components = new ArrayList<>();
        for (String name : (pathname.startsWith("/") ? pathname.substring(1) : pathname).split("/", -1)) {
            components.add(name.getBytes(StandardCharsets.UTF_8));
        }
        return components;
    }
}
