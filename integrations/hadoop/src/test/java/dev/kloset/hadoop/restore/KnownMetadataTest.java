package dev.kloset.hadoop.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.hadoop.JavaMain;
import dev.kloset.hadoop.layout.Metadata;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known of files before they come. */
class KnownMetadataTest {

    private static final String[] ODD = { "a", "é", "😀", "￿", "%41", "z z" };

    private static Metadata line(String name) {
        return new Metadata(name, List.of(), "", "", Metadata.UNLIMITED, Metadata.UNLIMITED, 0, 0,
                Map.of("user.name", name));
    }

    /** Pages in the order of a listing, in any order, and with names that belong to several of them. */
    @ParameterizedTest
    @ValueSource(strings = { "ordered", "shuffled", "mixed" })
    void eachLineGoesToItsFileWhateverTheOrder(String order) throws Exception {
        SplittableRandom random = new SplittableRandom(order.hashCode());
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            names.add(ODD[i % ODD.length] + i);
        }
        Collections.sort(names);
        if (order.equals("mixed")) {
            Collections.shuffle(names, new Random(1));
        }
        List<List<Metadata>> pages = new ArrayList<>();
        for (int i = 0; i < names.size(); i += 100) {
            pages.add(names.subList(i, i + 100).stream().map(KnownMetadataTest::line).toList());
        }
        if (!order.equals("ordered")) {
            Collections.shuffle(pages, new Random(2));
        }
        try (KnownMetadata known = new KnownMetadata()) {
            for (List<Metadata> page : pages) {
                known.put("/d", page);
            }
            known.put("/", List.of(line("d")));
            Collections.shuffle(names, new Random(random.nextLong()));
            for (String name : names) {
                assertThat(known.take("/d/" + name + "!")).isEqualTo(Metadata.none(name + "!"));
                assertThat(known.take("/d/" + name)).isEqualTo(line(name));
            }
            assertThat(known.take("/d")).isEqualTo(line("d"));
            assertThat(known.isEmpty()).isTrue();
        }
    }

    @Test
    void linesOfManyFilesNeedLittleMemory() throws Exception {
        assertThat(JavaMain.run(KnownMetadataMain.class, "32m", Map.of(), "400", "500")).isEqualTo("200000");
    }
}
