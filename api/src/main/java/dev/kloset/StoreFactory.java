package dev.kloset;

import java.io.IOException;

/** Makes stores; usually a constructor reference. */
@FunctionalInterface
public interface StoreFactory {

    /**
     * {@return a connector that is ready for use} Called once per process, when the host sends Init. It may take its time: the
     * transport has already answered the host.
     *
     * @throws IOException if the settings are wrong or the other side refuses; the message is what the user reads
     */
    Store create(StoreContext context) throws IOException, InterruptedException;
}
