package dev.kloset.hadoop.restore;

import dev.kloset.FileInfo;
import dev.kloset.FileMode;
import dev.kloset.hadoop.layout.Metadata;
import dev.kloset.internal.JsonMembers;
import dev.kloset.internal.JsonWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * What directories get at the end, when nothing is written into them any more: what is in a directory changes its time, and its mode
 * may lock us out. There may be a million of them, so this keeps them compressed. For any number of threads.
 */
final class PendingDirectories {

    private static final int BLOCK = 1024;

    private final List<byte[]> blocks = new ArrayList<>(); // guarded by this, as all below
    private final List<String> last = new ArrayList<>();

    /** What to do with the directories. */
    interface Visitor {

        /** Give a directory what its own line says. */
        void metadata(String pathname, Metadata metadata) throws IOException, InterruptedException;

        /** Give a directory owner, mode and time. */
        void info(String pathname, FileInfo info) throws IOException, InterruptedException;
    }

    /** Add a directory. */
    void add(String pathname, FileInfo info) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("path", pathname);
        object.put("mode", (long) info.mode().bits());
        object.put("user", info.username());
        object.put("group", info.groupname());
        object.put("time", info.modTime().toEpochMilli());
        add(JsonWriter.line(object));
    }

    /** Add what its own line says of a directory. */
    void add(String pathname, Metadata metadata) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("path", pathname);
        object.put("line", metadata.write());
        add(JsonWriter.line(object));
    }

    private synchronized void add(String line) {
        last.add(line);
        if (last.size() == BLOCK) {
            endBlock();
        }
    }

    private void endBlock() {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        try (OutputStream out = new DeflaterOutputStream(block)) {
            out.write(String.join("\n", last).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("memory takes all bytes", e);
        }
        blocks.add(block.toByteArray());
        last.clear();
    }

    /** Hand over all of them, the last one first, so that a directory comes after those in it. */
    synchronized void drain(Visitor visitor) throws IOException, InterruptedException {
        if (!last.isEmpty()) {
            endBlock();
        }
        while (!blocks.isEmpty()) {
            byte[] bytes = new InflaterInputStream(new ByteArrayInputStream(blocks.removeLast())).readAllBytes();
            for (String line : new String(bytes, StandardCharsets.UTF_8).lines().toList().reversed()) {
                visit(JsonMembers.read(line.getBytes(StandardCharsets.UTF_8)), visitor);
            }
        }
    }

    private static void visit(JsonMembers members, Visitor visitor) throws IOException, InterruptedException {
        String pathname = members.text("path");
        if (members.has("line")) {
            visitor.metadata(pathname, Metadata.read(members.text("line")));
            return;
        }
        visitor.info(pathname, FileInfo.builder("directory")
                .mode(new FileMode((int) members.number("mode")))
                .username(members.text("user"))
                .groupname(members.text("group"))
                .modTime(Instant.ofEpochMilli(members.number("time")))
                .build());
    }
}
