package dev.kloset.cli.store;

import dev.kloset.cli.shell.HelpOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kloset store} without a command. */
@Command(name = "store", synopsisSubcommandLabel = "COMMAND", description = {
    "Inspect and change a repository's storage, object by object.", "" }, footer = {
        "", //
        "RESOURCE is one of packfiles, states, locks, ecc-packfiles and ecc-states;",
        "MAC is the name of an object, 64 hexadecimal digits." })
public final class StoreCommand implements Runnable {

    @Mixin
    HelpOption help = new HelpOption();

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "Missing command");
        }
    }
}
