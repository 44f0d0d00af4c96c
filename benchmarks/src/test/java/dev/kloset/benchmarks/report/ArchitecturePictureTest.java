package dev.kloset.benchmarks.report;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Draws the layers of a plugin and of its host. */
class ArchitecturePictureTest {

    private static final int WIDTH = 960;
    private static final int HEIGHT = 470;
    private static final int BOX = 400;
    private static final int LAYER = 72;

    private final Svg svg = new Svg(WIDTH, HEIGHT);

    private Svg drawn() {
        process(20, "the plugin: one process for each use");
        layer(20, 1, "the connector of an author", "Importer, Exporter or Store; on a thread for each call");
        layer(20, 2, "runtime", "a service for each kind; ImportPump, ExportPump");
        layer(20, 3, "wire: grpc and codec", "ServerCall; a class for each message");
        layer(20, 4, "wire: http2 and stdio", "frames, windows; kloset-reader, kloset-writer");
        process(540, "the host: Plakar, or the command kloset");
        layer(540, 1, "the caller", "Plakar itself; kloset copy, ls, check; your tests");
        layer(540, 2, "host", "RemoteImporter, RemoteExporter, RemoteStore");
        layer(540, 3, "wire: grpc and codec", "ClientCall");
        layer(540, 4, "wire: http2", "the same classes; in Plakar it is grpc-go");
        ways();
        return svg;
    }

    private void process(int x, String name) {
        svg.rectangle("axis", x, 20, BOX, 380).text("title", x + 16, 46, Svg.Anchor.START, name);
    }

    private void layer(int x, int place, String name, String what) {
        double y = top(place);
        svg.rectangle("grid", x + 16, y, BOX - 32, LAYER)
                .text("", x + 28, y + 28, Svg.Anchor.START, name)
                .text("small", x + 28, y + 50, Svg.Anchor.START, what);
    }

    private static double top(int place) {
        return 62 + (place - 1) * (LAYER + 10);
    }

    /** Down one process, through a pipe, and up the other. */
    private void ways() {
        double low = top(4) + LAYER / 2.0;
        arrow("ours", 420 - 16, low - 14, 540 + 16, low - 14);
        svg.text("small", 480, low - 24, Svg.Anchor.MIDDLE, "standard output");
        arrow("theirs", 540 + 16, low + 14, 420 - 16, low + 14);
        svg.text("small", 480, low + 34, Svg.Anchor.MIDDLE, "standard input");
        arrow("ours", 8, top(1) + 10, 8, low);
        arrow("ours", WIDTH - 8, low, WIDTH - 8, top(1) + 10);
        arrow("theirs", WIDTH - 14, top(1) + 10, WIDTH - 14, low);
        arrow("theirs", 14, low, 14, top(1) + 10);
        legend(20, 430, "ours",
                "from the plugin: records and contents of a backup, results of a restore, objects that are got");
        legend(20, 454, "theirs",
                "to the plugin: settings, acknowledgements, records and contents of a restore, objects that are put");
    }

    private void legend(double x, double y, String style, String words) {
        svg.dot(style, x + 4, y - 4).text("small", x + 16, y, Svg.Anchor.START, words);
    }

    /** With a dot where it arrives. */
    private void arrow(String style, double x1, double y1, double x2, double y2) {
        svg.line(style + " line", x1, y1, x2, y2).dot(style, x2, y2);
    }

    /** Run with {@code -Dkloset.update=true} the picture is drawn again. */
    @Test
    void thePictureIsTheOneThatIsDrawn() throws IOException {
        DrawnPicture.assertInDocuments("architecture.svg", drawn());
    }
}
