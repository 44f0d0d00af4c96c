package dev.kloset.exclude;

import dev.kloset.Options;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the user excludes from a backup, read exactly as Plakar reads it. The host drops excluded records anyway; use this in an
 * importer so that it neither lists nor sends them:
 *
 * {@snippet :
 * if (excludes.prunes(directory)) {
 *     return; // not listed: the host would drop everything in it
 * }
 * if (!excludes.excludes(directory, true)) { records.emit(...); } }
 *
 * <p>The lines look like those of {@code .gitignore}; the last one that matches a path decides, and a line that matches a
 * directory matches everything in it. Plakar does not read them with Git's own code, so some differ from Git's manual:
 * <ul>
 * <li>{@code !keep} also takes back paths in an excluded directory, which is then listed;
 * <li>after {@code **} only the first place that fits is tried: <code>**&#47;a/b</code> does not find {@code /a/x/a/b};
 * <li>{@code dir/**} matches {@code dir} itself too, and {@code /**} matches nothing;
 * <li>{@code [!a]} matches an exclamation mark or an a, {@code [^a]} matches anything but an a; there are no {@code [:classes:]};
 * <li>{@code *} may end inside a letter of several bytes: {@code *??} matches the single letter €;
 * <li>a blank at the end of a line stays only after two backslashes, one of which then stands for itself before it.
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
     * {@return what these lines exclude} Ignores comments, empty lines and lines that Plakar cannot parse.
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
     * {@return whether this line can have an effect, or is meant to have none} Plakar silently ignores other lines: those with an
     * unclosed bracket, a lone slash, or {@code **} beside other characters in a pattern with slashes.
     */
    public static boolean isReadable(String line) {
        return ExcludeLine.isComment(line) || ExcludeLine.parse(line).isPresent();
    }

    /**
     * {@return whether the host drops the record of this path} Never true for the root of everything. The host treats the paths
     * of extended attributes and error records as paths of files, not directories, except that it keeps error records.
     *
     * @param pathname as in the record: absolute, slash-separated
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
     * {@return whether the host drops this directory and everything that can be in it} In that case you need not list it. If this
     * is false, the directory itself may still be excluded: a later line may take back something in it.
     *
     * @param directory its path as in the record: absolute, slash-separated
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
