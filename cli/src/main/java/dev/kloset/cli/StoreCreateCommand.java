package dev.kloset.cli;

import dev.kloset.Store;
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
    "Make an empty repository. To be used by Plakar it needs a configuration that Plakar wrote.", "" })
final class StoreCreateCommand implements Callable<Integer> {

    private final CommandContext context;

    @Mixin
    StoreTarget target = new StoreTarget();

    @Option(names = "--config", paramLabel = "FILE", required = true, order = 10, description = {
        "The bytes that every later opening gives back." })
    @Nullable
    Path config;

    StoreCreateCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        byte[] bytes = Files.readAllBytes(context.surroundings().directory().resolve(Objects.requireNonNull(config)));
        try (Opened<Store> opened = target.start(context)) {
            opened.connector().create(bytes);
            opened.finish();
        }
        return ExitCode.OK;
    }
}
