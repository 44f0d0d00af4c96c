package dev.kloset.cli;

import dev.kloset.testkit.ClauseResult;
import dev.kloset.testkit.Conformance;
import java.io.IOException;

/** How the results of {@code kloset check} are shown. */
interface CheckOutput {

    /** Take a result as soon as it is known. */
    void progress(ClauseResult result);

    /** Show everything. */
    void finish(Conformance result) throws IOException;
}
