package dev.kloset.hadoop.restore;

import dev.kloset.hadoop.JavaMain;
import dev.kloset.hadoop.layout.Metadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Puts the lines of a large directory, and takes them. Says how many came back.
 *
 * <p>Arguments: how many files of metadata, and how many lines each of them has.
 */
final class KnownMetadataMain {

    private KnownMetadataMain() {}

    public static void main(String[] args) throws Exception {
        int pages = Integer.parseInt(args[0]);
        int lines = Integer.parseInt(args[1]);
        int count = 0;
        try (KnownMetadata known = new KnownMetadata()) {
            for (int page = 0; page < pages; page++) {
                known.put("/large", page(page, lines));
            }
            for (int file = 0; file < pages * lines; file++) {
                String name = name(file);
                count += known.take("/large/" + name).equals(line(name)) ? 1 : 0;
            }
        }
        JavaMain.say(Integer.toString(count));
    }

    private static List<Metadata> page(int page, int lines) {
        List<Metadata> all = new ArrayList<>();
        for (int i = 0; i < lines; i++) {
            all.add(line(name(page * lines + i)));
        }
        return all;
    }

    private static String name(int file) {
        return String.format("part-%08d", file);
    }

    private static Metadata line(String name) {
        return new Metadata(name, List.of("user:eve:r--", "group::r--"), "", "WARM", Metadata.UNLIMITED, 0, 2, 0,
                Map.of("user.checksum", name.repeat(5), "user.origin", name.repeat(3)));
    }
}
