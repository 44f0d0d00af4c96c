package dev.kloset.cli.check;

import dev.kloset.testkit.contract.ClauseResult;
import dev.kloset.testkit.contract.Conformance;
import java.io.IOException;

/** A form in which {@code kloset check} shows its results. */
interface CheckOutput {

    /** Show or keep one result as soon as it is known. */
    void progress(ClauseResult result);

    /** Show everything. */
    void finish(Conformance result) throws IOException;
}
