package dev.kloset.cli.store;

import dev.kloset.ObjectMac;
import dev.kloset.Range;
import dev.kloset.StorageResource;
import dev.kloset.Store;
import dev.kloset.cli.shell.CommandContext;
import dev.kloset.cli.shell.ExitCode;
import dev.kloset.cli.shell.OpenConnector;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kloset store get}. */
@Command(name = "get", abbreviateSynopsis = true, sortOptions = false, description = {
    "Write an object of a repository to standard output or into a file.", "" })
public final class StoreGetCommand implements Callable<Integer> {

    private static final int CHUNK_BYTES = 1 << 16;

    private final CommandContext context;

    @Mixin
    StoreTarget target = new StoreTarget();

    @Parameters(index = "1", paramLabel = "RESOURCE", converter = StoreArguments.ResourceConverter.class, description = "The kind of object, such as packfiles.")
    @Nullable
    StorageResource resource;

    @Parameters(index = "2", paramLabel = "MAC", converter = StoreArguments.MacConverter.class, description = "The object's name.")
    @Nullable
    ObjectMac mac;

    @Option(names = "--range", paramLabel = "OFFSET:LENGTH", order = 10, converter = StoreArguments.RangeConverter.class, description = "Only these bytes.")
    @Nullable
    Range range;

    @Option(names = { "-f", "--file" }, paramLabel = "FILE", order = 11, description = {
        "Write to this file; it appears only once it is complete." })
    @Nullable
    Path file;

    public StoreGetCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        StorageResource wanted = Objects.requireNonNull(resource);
        ObjectMac name = Objects.requireNonNull(mac);
        try (OpenConnector<Store> connection = target.openRepository(context)) {
            try (InputStream in = connection.connector().get(wanted, name, range)) {
                if (file == null) {
                    print(in);
                } else {
                    save(in, context.invocation().directory().resolve(file));
                }
            }
            connection.finish();
        }
        return ExitCode.OK;
    }

    private void print(InputStream in) throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
            context.terminal().write(chunk, 0, read);
        }
    }

    private static void save(InputStream in, Path destination) throws IOException {
        Path part = destination.resolveSibling(destination.getFileName() + ".part");
        try {
            Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, destination, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
