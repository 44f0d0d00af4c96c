package dev.kloset.interop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.opentest4j.AssertionFailedError;

/**
 * One snapshot.
 *
 * @param backup the output of the command that made it
 */
record Snapshot(Repository repository, String id, Outcome backup) {

    private static final Pattern MODE_COLUMN = Pattern.compile("^\\S+ \\S{10,} ");

    Outcome check() throws IOException, InterruptedException {
        return repository.ok("check", id);
    }

    Outcome restore(String to) throws IOException, InterruptedException {
        return repository.ok("restore", "-to", to, id);
    }

    /** {@return the long listing of everything below the root of the snapshot} */
    List<String> list() throws IOException, InterruptedException {
        return repository.ok("ls", "-recursive", id)
                .lines()
                .stream()
                .filter(line -> MODE_COLUMN.matcher(line).find())
                .toList();
    }

    /** {@return all that Plakar knows about one entry} Follows symbolic links. */
    String entry(Path path) throws IOException, InterruptedException {
        return repository.ok("diag", "vfs", id + ":" + path).out();
    }

    String content(Path path) throws IOException, InterruptedException {
        return repository.ok("cat", id + ":" + path).out();
    }

    /** {@return one line of {@code plakar diag snapshot}, for example "Files" or "Origin"} */
    String fact(String name) throws IOException, InterruptedException {
        String facts = repository.ok("diag", "snapshot", id).out();
        Matcher matcher = Pattern.compile("(?m)^ *-? *" + Pattern.quote(name) + ": (.*)$").matcher(facts);
        if (!matcher.find()) {
            throw new AssertionFailedError("no " + name + " in " + facts);
        }
        return matcher.group(1);
    }

    int count(String name) throws IOException, InterruptedException {
        return Integer.parseInt(fact(name));
    }
}
