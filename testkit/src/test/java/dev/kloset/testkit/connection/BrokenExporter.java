package dev.kloset.testkit.connection;

import dev.kloset.FileMode;
import dev.kloset.testkit.contract.Fault;
import dev.kloset.wire.grpc.CallCancelledException;
import dev.kloset.wire.grpc.ServerCall;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes a tree. For one call at a time. */
final class BrokenExporter {

    private final BrokenPlugin plugin;
    private @Nullable RawMessage header;
    private byte[] headerBytes = new byte[0];
    private @Nullable Path target;
    private @Nullable Path temporary;
    private @Nullable OutputStream content;
    private String failure = "";

    BrokenExporter(BrokenPlugin plugin) {
        this.plugin = plugin;
    }

    private boolean has(Fault fault) {
        return plugin.fault == fault;
    }

    void export(ServerCall call) throws Exception {
        plugin.directory();
        plugin.busy = true; // and stays busy if the call is cut off
        try {
            for (ByteBuffer message = call.receive(); message != null; message = call.receive()) {
                RawMessage request = RawMessage.parse(message);
                if (request.has(2)) {
                    chunk(call, request.bytes(2));
                } else {
                    record(call, request.bytes(1));
                }
            }
            if (header != null) {
                if (has(Fault.TRUNCATED_FILE)) {
                    publish();
                } else {
                    drop();
                    failure = "the content was cut off";
                }
                answer(call);
            }
            plugin.busy = false;
        } catch (CallCancelledException e) {
            if (!has(Fault.WRITES_IN_PLACE)) {
                drop();
            }
            throw e;
        }
    }

    private void record(ServerCall call, byte[] bytes) throws Exception {
        RawMessage record = RawMessage.parse(bytes);
        header = record;
        headerBytes = bytes;
        failure = "";
        try {
            begin(record);
        } catch (FileAlreadyExistsException e) {
            failure = "there is something else: " + e.getMessage();
        } catch (IOException e) {
            failure = "cannot restore " + record.text(2) + ": " + e;
        }
        if (record.number(1) == 0) {
            answer(call);
        }
    }

    private void begin(RawMessage record) throws IOException {
        if (record.has(3) || record.number(4) != 0) {
            return;
        }
        Path path = resolve(record.text(2));
        int mode = (int) RawMessage.parse(record.bytes(8)).number(3);
        if ((mode & ExportMessages.DIRECTORY) != 0) {
            if (!has(Fault.FOLLOWS_LINKS) || !Files.isDirectory(path)) {
                Files.createDirectories(path);
            }
        } else if ((mode & ExportMessages.SYMLINK) != 0) {
            if (has(Fault.LOSES_LINKS)) {
                throw new IOException("there are no links here");
            }
            Files.createSymbolicLink(path, Path.of(record.text(7)));
        } else if (record.number(1) != 0) {
            target = path;
            temporary = has(Fault.WRITES_IN_PLACE) ? path : plugin.directory().resolve(".t" + System.nanoTime());
            content = Files.newOutputStream(temporary);
        }
    }

    private Path resolve(String pathname) throws IOException {
        Path root = plugin.directory();
        Path path = root.resolve("./" + pathname).normalize();
        if (!path.startsWith(root) && !has(Fault.PATH_ESCAPE)) {
            throw new IOException("it lies outside");
        }
        for (Path above = path.getParent(); above != null && above.startsWith(root); above = above.getParent()) {
            if (Files.isSymbolicLink(above) && !has(Fault.FOLLOWS_LINKS)) {
                throw new IOException("it lies below a link");
            }
            if (Files.isRegularFile(above, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException("it lies below a file");
            }
        }
        return path;
    }

    private void chunk(ServerCall call, byte[] bytes) throws Exception {
        OutputStream open = content;
        if (bytes.length > 0) {
            if (open != null) {
                open.write(bytes);
            }
            return;
        }
        try {
            publish();
        } catch (IOException e) {
            failure = "cannot publish: " + e;
        }
        answer(call);
    }

    private void publish() throws IOException {
        if (content != null && temporary != null && target != null && header != null) {
            content.close();
            RawMessage info = RawMessage.parse(header.bytes(8));
            RawMessage time = RawMessage.parse(info.bytes(4));
            if (!has(Fault.LOSES_MODES)) {
                Files.setPosixFilePermissions(temporary, new FileMode((int) info.number(3)).permissions());
            }
            Files.setLastModifiedTime(temporary,
                    FileTime.from(Instant.ofEpochSecond(time.number(1), time.number(2))));
            if (!temporary.equals(target)) {
                Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        forget();
    }

    private void drop() throws IOException {
        if (content != null && temporary != null) {
            content.close();
            Files.deleteIfExists(temporary);
        }
        forget();
    }

    private void forget() {
        content = null;
        temporary = null;
        target = null;
    }

    private void answer(ServerCall call) throws Exception {
        RawMessage answered = header;
        header = null;
        if (answered == null || has(Fault.LOST_RESULT) && answered.text(2).equals("/dir/two")) {
            return;
        }
        RawMessageBuilder result = new RawMessageBuilder();
        if (!has(Fault.NO_HEADER)) {
            result.bytes(1, headerBytes);
        }
        call.send(new RawMessageBuilder().message(1, result.text(2, failure)).encode());
    }
}
