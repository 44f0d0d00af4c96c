package dev.kloset.cli.store;

import dev.kloset.Store;
import dev.kloset.cli.shell.CommandContext;
import dev.kloset.cli.shell.ExitCode;
import dev.kloset.cli.shell.OpenConnector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kloset store create}. */
@Command(name = "create", abbreviateSynopsis = true, sortOptions = false, description = {
    "Create an empty repository. Plakar can use it only with a configuration that Plakar wrote.", "" })
public final class StoreCreateCommand implements Callable<Integer> {

    private final CommandContext context;

    @Mixin
    StoreTarget target = new StoreTarget();

    @Option(names = "--config", paramLabel = "FILE", required = true, order = 10, description = {
        "The configuration, as bytes that every later opening returns." })
    @Nullable
    Path config;

    public StoreCreateCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        byte[] bytes = Files.readAllBytes(context.invocation().directory().resolve(Objects.requireNonNull(config)));
        try (OpenConnector<Store> connection = target.start(context)) {
            connection.connector().create(bytes);
            connection.finish();
        }
        return ExitCode.OK;
    }
}
