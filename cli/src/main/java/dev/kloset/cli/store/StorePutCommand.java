package dev.kloset.cli.store;

import dev.kloset.ObjectMac;
import dev.kloset.StorageResource;
import dev.kloset.Store;
import dev.kloset.cli.shell.CommandContext;
import dev.kloset.cli.shell.CommandException;
import dev.kloset.cli.shell.ExitCode;
import dev.kloset.cli.shell.OpenConnector;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code kloset store put}. */
@Command(name = "put", abbreviateSynopsis = true, sortOptions = false, description = {
    "Store a file as an object of a repository, and print its MAC.", "" })
public final class StorePutCommand implements Callable<Integer> {

    private static final String AUTO = "auto";

    private final CommandContext context;

    @Mixin
    StoreTarget target = new StoreTarget();

    @Parameters(index = "1", paramLabel = "RESOURCE", converter = StoreArguments.ResourceConverter.class, description = "The kind of object, such as packfiles.")
    @Nullable
    StorageResource resource;

    @Parameters(index = "2", paramLabel = "MAC", description = "The object's name, or auto: the file's SHA-256.")
    String mac = AUTO;

    @Parameters(index = "3", paramLabel = "FILE", description = "The file to store.")
    @Nullable
    Path file;

    public StorePutCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        StorageResource kind = Objects.requireNonNull(resource);
        Path source = context.invocation().directory().resolve(Objects.requireNonNull(file));
        ObjectMac name = mac.equals(AUTO) ? sha256(source) : parsed(mac);
        try (OpenConnector<Store> connection = target.openRepository(context);
                InputStream in = Files.newInputStream(source)) {
            connection.connector().put(kind, name, in);
            connection.finish();
        }
        context.terminal().print(name.hex());
        return ExitCode.OK;
    }

    private static ObjectMac parsed(String mac) throws CommandException {
        try {
            return new StoreArguments.MacConverter().convert(mac);
        } catch (TypeConversionException e) {
            throw CommandException.usage(String.valueOf(e.getMessage()));
        }
    }

    private static ObjectMac sha256(Path source) throws IOException {
        try (DigestInputStream in = new DigestInputStream(Files.newInputStream(source),
                MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return ObjectMac.of(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
