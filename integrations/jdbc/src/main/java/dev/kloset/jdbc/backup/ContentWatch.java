package dev.kloset.jdbc.backup;

import java.io.IOException;

/** Learns what happens to contents. Called by any number of threads. */
interface ContentWatch {

    void opened();

    /** Called once for each {@link #opened}. */
    void closed();

    /** A content could not be read, which is not because the host has closed it. */
    void failed(IOException reason);
}
