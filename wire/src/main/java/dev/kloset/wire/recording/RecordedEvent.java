package dev.kloset.wire.recording;

import dev.kloset.internal.JsonReader;
import dev.kloset.internal.JsonWriter;
import dev.kloset.internal.JsonWriter.Escape;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of a recording.
 *
 * @param line its number in the file
 * @param seconds since the recording began
 * @param fromHost whether the host did it, rather than the plugin
 * @param stream which call it belongs to; 0 for the connection
 * @param event what happened: {@code call}, {@code headers}, {@code message}, {@code half-close}, {@code status},  {@code reset},
 *     {@code goaway}, {@code end}, {@code lost}
 * @param fields everything on the line
 */
public record RecordedEvent(int line, double seconds, boolean fromHost, int stream, String event,
        Map<String, Object> fields) {

    /** Takes one event after the other. */
    @FunctionalInterface
    public interface Taker {
        void take(RecordedEvent event) throws IOException, InterruptedException;
    }

    /**
     * Read a recording, one event after the other.
     *
     * @return the first line, which names the end that recorded
     * @throws IOException if the file cannot be read, or a line does not belong to a recording
     */
    public static Map<String, Object> read(Path file, Taker taker) throws IOException, InterruptedException {
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            Map<String, Object> first = parse(file, 1, lines.readLine());
            if (!Long.valueOf(1).equals(first.get("kloset-recording"))) {
                throw new IOException(file + " is not a recording that this version can read");
            }
            int number = 2;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!lines.ready() && !endsWithNewline(file)) {
                    break; // the process was killed while it wrote this line
                }
                taker.take(of(file, number++, line));
            }
            return first;
        }
    }

    private static boolean endsWithNewline(Path file) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            channel.position(Math.max(0, channel.size() - 1)).read(last);
            return last.get(0) == '\n';
        }
    }

    private static RecordedEvent of(Path file, int number, String line) throws IOException {
        Map<String, Object> fields = parse(file, number, line);
        double seconds = fields.get("micros") instanceof Number t ? t.doubleValue() / 1e6 : 0;
        int stream = fields.get("stream") instanceof Number s ? s.intValue() : 0;
        return new RecordedEvent(number, seconds, "host".equals(fields.get("from")), stream,
                String.valueOf(fields.get("event")), fields);
    }

    private static Map<String, Object> parse(Path file, int number, @Nullable String line)
            throws IOException {
        if (line == null) {
            throw new IOException(file + " is empty");
        }
        try {
            return JsonReader.object(line);
        } catch (IllegalArgumentException e) {
            throw new IOException("cannot read line " + number + " of " + file + ": " + e.getMessage(), e);
        }
    }

    /** {@return the line as JSON} */
    public String toJson() {
        return line(fields);
    }

    /** {@return a line of a recording as JSON} */
    static String line(Map<String, Object> fields) {
        return JsonWriter.line(fields, Escape.DELETE, Escape.PAIRS);
    }

    /** {@return a text of the line, empty if it has none with that name} */
    public String text(String name) {
        return fields.get(name) instanceof String text ? text : "";
    }

    /** {@return a number of the line, -1 if it has none with that name} */
    public long number(String name) {
        return fields.get(name) instanceof Number number ? number.longValue() : -1;
    }
}
