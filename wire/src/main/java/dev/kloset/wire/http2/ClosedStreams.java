package dev.kloset.wire.http2;

/**
 * How the latest streams ended. It decides what a late frame means: after our own RST_STREAM it was on its way already and is
 * ignored, after the other end has closed the stream it is an error. Frames of forgotten streams are ignored.
 */
final class ClosedStreams {

    /** How a stream ended. */
    enum End {
        ENDED, RESET_BY_PEER, RESET_BY_US, FORGOTTEN
    }

    private static final int REMEMBERED = 256;

    // guarded by the lock of SendQueue
    private final int[] ids = new int[REMEMBERED];
    private final End[] ends = new End[REMEMBERED];
    private int next;

    void add(int id, End end) {
        ids[next] = id;
        ends[next] = end;
        next = (next + 1) % REMEMBERED;
    }

    End find(int id) {
        for (int i = 0; i < REMEMBERED; i++) {
            if (ids[i] == id) {
                return ends[i];
            }
        }
        return End.FORGOTTEN;
    }
}
