package dev.kloset.testkit.clause;

import dev.kloset.Plugin.Kind;
import dev.kloset.testkit.contract.Clause;
import java.util.EnumMap;
import java.util.Map;

/** Finds the check of each clause. */
public final class Checks {

    private Checks() {}

    public static Map<Clause, Check> of(Kind kind) {
        Map<Clause, Check> checks = new EnumMap<>(Clause.class);
        TransportChecks.addTo(checks);
        LifeChecks.addTo(checks, kind);
        switch (kind) {
            case IMPORTER -> {
                ImportRecordChecks.addTo(checks);
                ImportStreamChecks.addTo(checks);
                ImportContentChecks.addTo(checks);
                ImportSourceChecks.addTo(checks);
                ChangedSource.addTo(checks);
            }
            case EXPORTER -> {
                ExportStreamChecks.addTo(checks);
                ExportTreeChecks.addTo(checks);
                ExportKeptChecks.addTo(checks);
                ExportSafetyChecks.addTo(checks);
            }
            case STORAGE -> {
                StoreRepositoryChecks.addTo(checks);
                StoreObjectChecks.addTo(checks);
                StoreRangeChecks.addTo(checks);
                StoreWriterChecks.addTo(checks);
            }
        }
        return checks;
    }
}
