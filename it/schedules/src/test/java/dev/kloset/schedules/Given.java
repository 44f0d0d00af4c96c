package dev.kloset.schedules;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A stream that an author gives to the SDK, with a trick somewhere in it. It records the bytes handed over. */
final class Given extends FilterInputStream {

    private enum Place {
        OPEN, MIDDLE, END, CLOSE
    }

    private final Stage stage;
    private final int length;
    private final Trick trick;
    private final Place place;
    private int left;
    private boolean done;
    private volatile boolean ended;
    private final AtomicInteger handed = new AtomicInteger();

    private Given(Stage stage, InputStream in, int length, Trick trick, Place place) {
        super(in);
        this.stage = stage;
        this.length = length;
        this.trick = trick;
        this.place = place;
        this.left = trick == Trick.PART ? length / 2 : length;
    }

    /** {@return the first bytes of the contents, as an author gives them at the next moment of a sort; possibly null} */
    @SuppressWarnings("NullAway") // that is the trick
    static @Nullable Given open(Stage stage, String sort, Contents contents, int length) throws IOException {
        Trick trick = stage.next(sort);
        Place place = Place.values()[Math.floorMod(length, Place.values().length)];
        if (place == Place.OPEN) {
            stage.performUnchecked(trick);
            if (trick == Trick.NULL) {
                return null;
            }
        }
        return new Given(stage, contents.open(length), length, trick, place);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int wanted) throws IOException {
        if (left <= length / 2) {
            perform(Place.MIDDLE);
        }
        if (left == 0) {
            perform(Place.END);
            ended = true;
            return -1;
        }
        int count = in.read(buffer, offset, Math.min(left, wanted));
        left -= count;
        handed.addAndGet(count);
        return count;
    }

    @Override
    public void close() throws IOException {
        super.close(); // otherwise the search for descriptors would find what the author left open
        perform(Place.CLOSE);
    }

    private void perform(Place here) {
        if (here == place && !done) {
            done = true;
            stage.performUnchecked(trick);
        }
    }

    /** {@return the number of bytes handed over, if the stream was read to its end; otherwise a negative number} */
    int handed() {
        return ended ? handed.get() : -1;
    }
}
