package dev.kloset.benchmarks.report;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Draws the way of a content's chunk, from the stream of an author to the pipe. */
class ContentPictureTest {

    private static final int WIDTH = 780;
    private static final int ROW = 52;
    private static final int BOX = 40;
    private static final int LEFT = 150;
    private static final int TOP = 20;
    private static final int ROWS = 8;
    private static final int FIRST_OF_WRITER = 7;

    private final Svg svg = new Svg(WIDTH, TOP + ROWS * ROW + 20);

    private Svg drawn() {
        row(1, "the author's stream", "Content.open: bytes of a file, a row, an object");
        row(2, "runtime, service", "ContentSender reads into a kept array: ContentBuffer");
        row(3, "wire, codec", "Chunk makes the few bytes that precede a content");
        row(4, "wire, grpc", "ServerCall, OutgoingMessage: prefix, head and array as one message");
        row(5, "wire, http2", "SendScheduler waits for the window and for room, and cuts frames");
        row(6, "wire, frame", "FrameBuffer appends them to what is pending: the one copy");
        row(7, "wire, http2", "SendQueue swaps buffers; FrameWriter takes all that is pending");
        row(8, "wire, stdio", "StandardPipes: one write into the pipe");
        thread(1, FIRST_OF_WRITER - 1, "theirs", "thread of", "the call");
        thread(FIRST_OF_WRITER, ROWS, "ours", "kloset-writer", "");
        return svg;
    }

    private static double top(int row) {
        return TOP + (row - 1) * ROW;
    }

    private void row(int row, String room, String what) {
        svg.rectangle("grid", LEFT, top(row), WIDTH - LEFT - 20, BOX)
                .text("", LEFT + 14, top(row) + 25, Svg.Anchor.START, room)
                .text("small", LEFT + 170, top(row) + 25, Svg.Anchor.START, what);
        if (row < ROWS) {
            svg.line("axis", LEFT + 40, top(row) + BOX, LEFT + 40, top(row + 1));
        }
    }

    private void thread(int first, int last, String style, String name, String more) {
        double middle = (top(first) + top(last) + BOX) / 2;
        svg.line(style + " line", LEFT - 16, top(first), LEFT - 16, top(last) + BOX)
                .dot(style, LEFT - 16, top(last) + BOX)
                .text("small", LEFT - 28, middle, Svg.Anchor.END, name)
                .text("small", LEFT - 28, middle + 16, Svg.Anchor.END, more);
    }

    /** Run with {@code -Dkloset.update=true} the picture is drawn again. */
    @Test
    void thePictureIsTheOneThatIsDrawn() throws IOException {
        DrawnPicture.assertInDocuments("content.svg", drawn());
    }
}
