package dev.kloset.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A picture of a document, drawn by the writer that draws the plots. */
final class DrawnPicture {

    private DrawnPicture() {}

    /** Require that {@code name} in docs is {@code drawn}, or write it with {@code -Dkloset.update=true}. */
    static void assertInDocuments(String name, Svg drawn) throws IOException {
        Path picture = Path.of("..", "docs", name);
        if (Boolean.getBoolean("kloset.update")) {
            Files.writeString(picture, drawn.toString());
        }
        assertThat(picture).content().isEqualTo(drawn.toString()).contains("prefers-color-scheme: dark");
    }
}
