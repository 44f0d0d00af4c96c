package dev.kloset.testkit.contract;

import java.io.IOException;
import java.util.List;

/**
 * A source that a check may change, as its users do between two backups: a database, a topic, a bucket. Give it to {@link
 * CheckSettings.Builder#mutable(MutableSource)} for the proof that the importer overlooks no change and reads nothing again
 * without need. For a source of files, a directory is enough: {@link CheckSettings.Builder#mutable(java.nio.file.Path)}.
 *
 * <p>The check calls {@link #changes}, imports, makes the first change, imports in another process, makes the second change, and so
 * on; then it calls {@link #close}. All calls come from one thread. What they throw fails the check.
 */
public interface MutableSource extends AutoCloseable {

    /** {@return what to change, in order} Prepares the source: everything that the first change presupposes is there now. */
    List<SourceChange> changes() throws Exception;

    /**
     * {@return whether the importer reads this file in every backup by design} As a file that says when the backup was made, or
     * everything, if the source has no sign of a change. The default is no file.
     *
     * @param pathname as in the snapshot
     */
    default boolean isAlwaysRead(String pathname) {
        return false;
    }

    /** Undo what the changes have left in the source. Called in any case, once, if {@link #changes} was. */
    @Override
    default void close() throws IOException {}
}
