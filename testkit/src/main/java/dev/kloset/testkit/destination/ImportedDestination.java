package dev.kloset.testkit.destination;

import dev.kloset.Plugin.Kind;
import dev.kloset.testkit.connection.BlockedException;
import dev.kloset.testkit.connection.CheckContext;
import dev.kloset.testkit.connection.ClauseFailedException;
import dev.kloset.testkit.connection.NotApplicableException;
import dev.kloset.testkit.connection.PluginConnection;
import dev.kloset.testkit.connection.RunContext;
import dev.kloset.testkit.contract.CheckSettings;
import dev.kloset.testkit.contract.Clause;
import dev.kloset.testkit.property.EntrySnapshot;
import dev.kloset.testkit.property.ImportedTree;
import dev.kloset.wire.grpc.StatusException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A destination that an importer reads, in a process of its own for each look. */
record ImportedDestination(CheckContext context) implements Destination {

    @Override
    public Optional<Path> directory() {
        return Optional.empty();
    }

    /** {@return why there is no importer for this destination; empty if there is one} */
    Optional<String> refusal() throws InterruptedException {
        try (CheckContext importer = importer()) {
            importer.open();
            return Optional.empty();
        } catch (BlockedException e) {
            return Optional.of(e.failure().failure().seen());
        } catch (ClauseFailedException e) {
            return Optional.of(e.failure().seen());
        } catch (StatusException e) {
            return Optional.of(PluginConnection.words(e));
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Map<String, EntrySnapshot> look(String... pathnames) throws Exception {
        try (CheckContext importer = importer()) {
            Map<String, EntrySnapshot> seen = new ImportedTree(importer, Set.of(pathnames)).looks();
            seen.keySet().retainAll(Set.of(pathnames));
            return seen;
        } catch (BlockedException e) {
            if (e.by() == Clause.L01) {
                return Map.of(); // an importer refuses what does not exist yet
            }
            throw new NotApplicableException("the importer, which reads what was restored, breaks " + e.by()
                    + ": expected " + e.failure().failure().expected() + ", seen " + e.failure().failure().seen());
        } catch (StatusException e) {
            throw new NotApplicableException(
                    "the importer, which reads what was restored, fails: " + PluginConnection.words(e));
        }
    }

    private CheckContext importer() throws IOException {
        CheckSettings exporter = context.runContext.settings;
        Map<String, String> config = new TreeMap<>(exporter.readBack());
        String place = exporter.hasFreshPlaces() ? context.place().toString() : CheckSettings.TEMP;
        config.replaceAll((key, value) -> value.replace(CheckSettings.TEMP, place));
        CheckSettings settings = CheckSettings.builder(Kind.IMPORTER, config)
                .options(exporter.options())
                .hungAfter(exporter.hungAfter())
                .grants(exporter.startsWithin(), exporter.endsWithin())
                .build();
        return new CheckContext(new RunContext(context.runContext.subject.importer(), settings));
    }
}
