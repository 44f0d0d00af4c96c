package dev.kloset.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kloset} without a command. */
@Command(name = "kloset", mixinStandardHelpOptions = true, versionProvider = KlosetCommand.Version.class, synopsisSubcommandLabel = "COMMAND", description = {
    "Reads, copies, compares and checks data with Plakar integrations; only drill needs Plakar itself.",
    "" }, footer = {
        "", //
        "A URI is what Plakar calls a location: a protocol and a place, such as", //
        "  files:///home/me   s3://bucket/photos", "", //
        "Examples:", //
        "  kloset copy files:///usr/share/doc files:///tmp/out", //
        "  kloset ls files:///etc | head", "", //
        "In a checkout, kloset install puts the SDK into the local Maven repository.", //
        "Exit codes: 0 done, 1 some records failed, 2 bad usage, 3 could not run,", //
        "130 interrupted. KLOSET_DEBUG=1 shows where an error comes from." })
final class KlosetCommand implements Runnable {

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "Missing command");
        }
    }

    /** Reads the version from the jar. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[]{
                "kloset " + (version == null ? "(unpackaged)" : version) + " (Java " + Runtime.version() + ")" };
        }
    }
}
