package dev.kloset.files.store;

import dev.kloset.ConfigException;
import dev.kloset.DiagnosisStep;
import dev.kloset.LocationFlag;
import dev.kloset.ObjectMac;
import dev.kloset.Range;
import dev.kloset.StorageResource;
import dev.kloset.Store;
import dev.kloset.StoreContext;
import dev.kloset.StoreMode;
import dev.kloset.files.posix.Disk;
import dev.kloset.files.posix.RootPath;
import dev.kloset.files.posix.StoreWriter;
import dev.kloset.files.posix.Temporaries;
import dev.kloset.files.posix.WholeReason;
import dev.kloset.files.posix.WriteProbe;
import dev.kloset.resilience.ListedLocks;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a repository in a local directory, in the layout of Plakar's own store for local directories: each opens the
 * repositories of the other. Unlike in Plakar's store, an object survives a crash of the machine once {@link #put} has
 * returned, and half-written files of killed processes are removed.
 *
 * <p>Between calls, only two things are remembered: that the first {@code put} has swept, and, for a minute, the locks that
 * were listed. So any number of processes may work on one repository. Only our own temporary files are swept: those of Plakar
 * ({@code tmp.} and digits) name no process, so it is impossible to know whether they are still being written.
 */
public final class FilesStore implements Store {

    public static final String TYPE = "files";

    private static final String TEMPORARY_PREFIX = "tmp.kloset-";

    private final StoreLayout layout;
    private final Temporaries temporaries = new Temporaries(TEMPORARY_PREFIX);
    private final Disk disk;
    private final StoreWriter writer;
    private final ListedLocks locks = new ListedLocks(this::lock, 1);
    private final AtomicBoolean swept = new AtomicBoolean();

    public FilesStore(StoreContext context) throws ConfigException {
        this(context, context.config().as(StoreSettings.class));
    }

    public FilesStore(StoreContext context, StoreSettings settings) throws ConfigException {
        this(context, Disk.SYSTEM);
    }

    FilesStore(StoreContext context, Disk disk) throws ConfigException {
        this.disk = disk;
        this.writer = new StoreWriter(temporaries, disk);
        this.layout = new StoreLayout(RootPath.of(context.config(), ""));
    }

    @Override
    public String origin() {
        return "localhost";
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String root() {
        return layout.root().toString();
    }

    @Override
    public Set<LocationFlag> flags() {
        return Set.of(LocationFlag.LOCALFS);
    }

    @Override
    public void ping() throws IOException {
        if (!Files.isDirectory(layout.root())) {
            throw new IOException("there is no directory " + layout.root());
        }
    }

    @Override
    public List<DiagnosisStep> diagnosis() {
        return List.of(DiagnosisStep.of(DiagnosisStep.WRITING, this::checkWriting));
    }

    /** Write and remove a file if there is no repository; an existing one stays untouched. */
    private void checkWriting() throws IOException {
        if (!Files.exists(layout.config())) {
            WriteProbe.below(layout.root());
            return;
        }
        WriteProbe.withoutTouching(layout.root());
        for (StorageResource resource : List.of(StorageResource.PACKFILE, StorageResource.STATE,
                StorageResource.LOCK)) {
            WriteProbe.withoutTouching(layout.staging(resource));
        }
    }

    @Override
    public Set<StoreMode> mode() {
        return Set.of(StoreMode.READ, StoreMode.WRITE);
    }

    @Override
    public void create(byte[] config) throws IOException, InterruptedException {
        new StoreCreation(layout, writer, temporaries, disk).create(config);
    }

    @Override
    public byte[] open() throws IOException {
        try {
            return Files.readAllBytes(layout.config());
        } catch (NoSuchFileException e) {
            throw WholeReason.of(missing(layout.config().getFileName()), e);
        }
    }

    @Override
    public long size() throws IOException, InterruptedException {
        return new StoreListing(layout).size();
    }

    @Override
    public List<ObjectMac> list(StorageResource resource) throws IOException, InterruptedException {
        List<ObjectMac> listed = new StoreListing(layout).list(resource);
        return resource == StorageResource.LOCK ? locks.keep(listed) : listed;
    }

    @Override
    public long put(StorageResource resource, ObjectMac mac, InputStream data)
            throws IOException, InterruptedException {
        Path staging = layout.staging(resource);
        Path directory = layout.directory(resource, mac);
        sweepOnce();
        try {
            long bytes = writer.publish(staging, directory, mac.hex(), data);
            forget(resource, mac);
            return bytes;
        } catch (NoSuchFileException e) {
            throw Files.isDirectory(staging) ? e : WholeReason.of(missing(staging.getFileName()), e);
        }
    }

    @Override
    public InputStream get(StorageResource resource, ObjectMac mac, @Nullable Range range)
            throws IOException, InterruptedException {
        Path object = layout.object(resource, mac);
        try {
            return StoreObjectStream.open(object, range);
        } catch (NoSuchFileException e) {
            byte[] listed = resource == StorageResource.LOCK && range == null ? locks.get(mac) : null;
            if (listed != null) {
                return new ByteArrayInputStream(listed);
            }
            String name = resource.name().toLowerCase(Locale.ROOT) + " " + mac;
            throw new NoSuchFileException(name, null, "not in the repository at " + layout.root());
        } catch (ClosedByInterruptException e) {
            throw StoreWriter.interruption(e);
        }
    }

    private byte[] lock(ObjectMac mac, int most) throws IOException {
        try (InputStream in = Files.newInputStream(layout.object(StorageResource.LOCK, mac))) {
            return in.readNBytes(most);
        }
    }

    /** {@inheritDoc} Not synced: an object that reappears after a crash of the machine does no harm and is deleted again. */
    @Override
    public void delete(StorageResource resource, ObjectMac mac) throws IOException {
        Files.deleteIfExists(layout.object(resource, mac));
        forget(resource, mac);
    }

    /** Forget a lock after deleting it on the disk, so that a concurrent listing has either not seen it or has kept it before. */
    private void forget(StorageResource resource, ObjectMac mac) {
        if (resource == StorageResource.LOCK) {
            locks.forget(mac);
        }
    }

    /** Sweep three directories with few entries: too little work to deserve a thread, and no reader ever pays for it. */
    private void sweepOnce() {
        if (swept.getAndSet(true)) {
            return;
        }
        for (Path directory : layout.stagings()) {
            temporaries.sweep(directory);
        }
    }

    private String missing(@Nullable Path name) {
        return "no Kloset repository at " + layout.root() + ": " + name + " is missing";
    }
}
