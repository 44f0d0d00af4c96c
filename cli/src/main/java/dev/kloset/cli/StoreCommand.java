package dev.kloset.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kloset store} without a command. */
@Command(name = "store", synopsisSubcommandLabel = "COMMAND", description = {
    "Look into a repository's storage and change it, object by object.", "" }, footer = {
        "", //
        "RESOURCE is one of packfiles, states, locks, ecc-packfiles and ecc-states;",
        "MAC is the name of an object, 64 hexadecimal digits." })
final class StoreCommand implements Runnable {

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
