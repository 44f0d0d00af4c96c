package dev.kloset.hadoop.connect;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Objects;

/** Tells an interrupt from a failure: Hadoop answers it with exceptions that look like others. */
public final class Calls {

    private static final int DEPTH = 20;

    private Calls() {}

    /** One call of Hadoop. */
    @FunctionalInterface
    public interface Call<T> {

        /** Make the call. */
        T run() throws IOException;
    }

    /**
     * {@return what {@code call} returns}
     *
     * @throws InterruptedException if this thread was interrupted meanwhile
     */
    public static <T> T get(Call<T> call) throws IOException, InterruptedException {
        try {
            return call.run();
        } catch (UncheckedIOException e) {
            throw checked(Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw checked(e);
        }
    }

    /**
     * {@return {@code failure}, to be thrown}
     *
     * @throws InterruptedException if it says that this thread was interrupted
     */
    public static IOException checked(IOException failure) throws InterruptedException {
        Throwable reason = failure;
        for (int i = 0; i < DEPTH && reason != null; i++) {
            if (isInterrupt(reason)) {
                InterruptedException interrupt = new InterruptedException("interrupted");
                interrupt.initCause(failure);
                throw interrupt;
            }
            reason = reason.getCause();
        }
        return failure;
    }

    private static boolean isInterrupt(Throwable e) {
        return e instanceof InterruptedException || e instanceof ClosedByInterruptException
                || e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException);
    }
}
