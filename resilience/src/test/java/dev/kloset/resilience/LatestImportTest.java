package dev.kloset.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an import uses lives until the next one begins, or until the end. */
class LatestImportTest {

    private final List<String> closed = new ArrayList<>();

    private Closeable used(String name) {
        return () -> closed.add(name);
    }

    @Test
    void whatAnImportUsesEndsWithTheNextImportAndWithTheConnector() throws Exception {
        try (LatestImport<Closeable> latest = new LatestImport<>()) {
            Closeable first = used("first");
            assertThat(latest.begin(first)).isSameAs(first);
            assertThat(closed).isEmpty();
            latest.begin(used("second"));
            assertThat(closed).containsExactly("first");
        }
        assertThat(closed).containsExactly("first", "second");
    }

    @Test
    void aConnectorThatIsClosedTwiceClosesOnce() throws Exception {
        LatestImport<Closeable> latest = new LatestImport<>();
        latest.begin(used("only"));
        latest.close();
        latest.close();
        assertThat(closed).containsExactly("only");
    }

    @Test
    void anImportDoesNotBeginIfTheOneBeforeCannotEnd() throws Exception {
        LatestImport<Closeable> latest = new LatestImport<>();
        latest.begin(() -> {
            throw new IOException("the server keeps its lock");
        });
        assertThatThrownBy(() -> latest.begin(used("second"))).hasMessage("the server keeps its lock");
        assertThat(closed).containsExactly("second");
        latest.close();
        assertThat(closed).containsExactly("second");
    }
}
