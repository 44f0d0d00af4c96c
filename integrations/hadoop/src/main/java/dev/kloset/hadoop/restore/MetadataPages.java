package dev.kloset.hadoop.restore;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The pages of one directory, found by a name in them. HDFS lists a directory in the order of names, so a name leads to one page; a
 * file system with another order costs a look at all of them. For one thread at a time.
 */
final class MetadataPages {

    private final NavigableMap<String, MetadataPage> byFirst = new TreeMap<>();
    private boolean ordered = true;

    /** Add a page. */
    void add(MetadataPage page) {
        Map.Entry<String, MetadataPage> before = byFirst.floorEntry(page.first());
        Map.Entry<String, MetadataPage> after = byFirst.higherEntry(page.first());
        ordered &= (before == null || before.getValue().isBefore(page))
                && (after == null || page.isBefore(after.getValue()));
        byFirst.put(page.first(), page);
    }

    /** {@return the pages that may have a line for this name} */
    List<MetadataPage> reaching(String name) {
        if (!ordered) {
            return byFirst.values().stream().filter(page -> page.reaches(name)).toList();
        }
        Map.Entry<String, MetadataPage> page = byFirst.floorEntry(name);
        return page == null || !page.getValue().reaches(name) ? List.of() : List.of(page.getValue());
    }

    void remove(MetadataPage page) {
        byFirst.remove(page.first(), page);
    }

    boolean isEmpty() {
        return byFirst.isEmpty();
    }
}
