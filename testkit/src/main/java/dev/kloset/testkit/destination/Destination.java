package dev.kloset.testkit.destination;

import dev.kloset.testkit.connection.CheckContext;
import dev.kloset.testkit.connection.NotApplicableException;
import dev.kloset.testkit.connection.Reach;
import dev.kloset.testkit.property.EntrySnapshot;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The place to which the exporter of one check writes, as others see it. */
public sealed interface Destination permits DirectoryDestination, ImportedDestination {

    /**
     * {@return the destination of this check} The first check of a run that asks finds out how to see it.
     *
     * @throws NotApplicableException if there is no way to see it; says why
     */
    static Destination of(CheckContext context) throws Exception {
        Reach reach = ReachSearch.of(context);
        return switch (reach.way()) {
            case DIRECTORY -> new DirectoryDestination(context.place());
            case IMPORTER -> new ImportedDestination(context);
            case NONE -> throw new NotApplicableException(reach.why());
        };
    }

    /** {@return the directory of the destination, if it is one on this machine; checks may look around it} */
    Optional<Path> directory();

    /** {@return what is at these pathnames now} Where there is nothing, it has nothing. */
    Map<String, EntrySnapshot> look(String... pathnames) throws Exception;

    /** {@return what is at this pathname now} */
    default Optional<EntrySnapshot> at(String pathname) throws Exception {
        return Optional.ofNullable(look(pathname).get(pathname));
    }
}
