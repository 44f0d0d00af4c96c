package dev.kloset.packaging.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a Linux program or library says about the libraries that it needs.
 *
 * @param machine the number of the processor architecture
 * @param interpreter the path of the loader that starts the program; empty for a library
 * @param needed the names of the libraries to load with it
 */
record ElfFile(int machine, String interpreter, List<String> needed) {

    private static final int MAGIC = 0x7f454c46;
    private static final int HEADER_BYTES = 64;
    private static final int CLASS_AT = 4;
    private static final int CLASS_64 = 2;
    private static final int ORDER_AT = 5;
    private static final int LITTLE = 1;
    private static final int MACHINE_AT = 18;
    private static final int SEGMENTS_AT = 32;
    private static final int SEGMENT_SIZE_AT = 54;
    private static final int SEGMENT_COUNT_AT = 56;

    private static final int LOADED = 1;
    private static final int DYNAMIC = 2;
    private static final int INTERPRETER = 3;

    private static final long NEEDED_TAG = 1;
    private static final long STRINGS_TAG = 5;

    ElfFile {
        needed = List.copyOf(needed);
    }

    /** One segment of the file. */
    private record Segment(int type, long offset, long address, long size) {}

    /** One entry of the table with the loader's instructions. */
    private record Entry(long tag, long value) {}

    static Optional<ElfFile> read(Path file) throws IOException {
        return of(Files.readAllBytes(file));
    }

    /** {@return the file's information; empty if it is not an ELF file, is for 32-bit processors, or is broken} */
    static Optional<ElfFile> of(byte[] bytes) {
        if (bytes.length < HEADER_BYTES || ByteBuffer.wrap(bytes).getInt() != MAGIC || bytes[CLASS_AT] != CLASS_64) {
            return Optional.empty();
        }
        ByteBuffer file = ByteBuffer.wrap(bytes)
                .order(bytes[ORDER_AT] == LITTLE ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        try {
            List<Segment> segments = segments(file);
            String interpreter = segments.stream()
                    .filter(segment -> segment.type() == INTERPRETER)
                    .findAny()
                    .map(segment -> text(file, segment.offset()))
                    .orElse("");
            return Optional.of(new ElfFile(file.getShort(MACHINE_AT), interpreter, needed(file, segments)));
        } catch (IndexOutOfBoundsException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static List<Segment> segments(ByteBuffer file) {
        int start = Math.toIntExact(file.getLong(SEGMENTS_AT));
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < file.getShort(SEGMENT_COUNT_AT); i++) {
            int at = start + i * file.getShort(SEGMENT_SIZE_AT);
            segments.add(new Segment(file.getInt(at), file.getLong(at + 8), file.getLong(at + 16),
                    file.getLong(at + 32)));
        }
        return segments;
    }

    private static List<String> needed(ByteBuffer file, List<Segment> segments) {
        List<Entry> entries = new ArrayList<>();
        for (Segment dynamic : segments) {
            for (long i = 0; dynamic.type() == DYNAMIC && i < dynamic.size(); i += 16) {
                int at = Math.toIntExact(dynamic.offset() + i);
                entries.add(new Entry(file.getLong(at), file.getLong(at + 8)));
            }
        }
        long strings = entries.stream()
                .filter(entry -> entry.tag() == STRINGS_TAG)
                .mapToLong(entry -> offset(segments, entry.value()))
                .findFirst()
                .orElse(0);
        return entries.stream()
                .filter(entry -> entry.tag() == NEEDED_TAG)
                .map(entry -> text(file, strings + entry.value()))
                .toList();
    }

    /** {@return the position in the file of the byte that is loaded to {@code address}} */
    private static long offset(List<Segment> segments, long address) {
        for (Segment segment : segments) {
            if (segment.type() == LOADED && address >= segment.address()
                    && address < segment.address() + segment.size()) {
                return segment.offset() + address - segment.address();
            }
        }
        throw new IndexOutOfBoundsException("no part of the file is loaded to " + address);
    }

    private static String text(ByteBuffer file, long offset) {
        int start = Math.toIntExact(offset);
        int end = start;
        while (file.get(end) != 0) {
            end++;
        }
        byte[] text = new byte[end - start];
        file.get(start, text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
