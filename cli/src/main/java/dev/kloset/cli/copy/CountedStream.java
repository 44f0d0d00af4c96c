package dev.kloset.cli.copy;

import dev.kloset.ConnectorRecord;
import dev.kloset.support.Sentence;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.function.BooleanSupplier;

/** Reports how much of a content was read, and whether it broke off. */
final class CountedStream extends FilterInputStream {

    private final ConnectorRecord record;
    private final CopyReport report;
    private final BooleanSupplier sourceGone;
    private long bytes;
    private boolean ended;

    CountedStream(InputStream in, ConnectorRecord record, CopyReport report, BooleanSupplier sourceGone) {
        super(in);
        this.record = record;
        this.report = report;
        this.sourceGone = sourceGone;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            int read = in.read(buffer, offset, length);
            if (read > 0) {
                bytes += read;
                report.read(read);
            } else if (read < 0 && !ended) {
                ended = true;
                report.readToEnd(record, bytes);
            }
            return read;
        } catch (IOException e) {
            report.broke(record, isOfTheFile(e) ? Sentence.of(e) : CopyReport.TOLD_ELSEWHERE);
            throw e;
        }
    }

    /**
     * {@return whether the failure concerns only this file} An interrupt means that the copy is over, and a source that is gone
     * takes all its files with it.
     */
    private boolean isOfTheFile(IOException failure) {
        return !(failure instanceof InterruptedIOException) && !sourceGone.getAsBoolean();
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = in.skip(count);
        bytes += skipped;
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
