package dev.kloset.wire.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import java.util.Arrays;
import java.util.Random;

/** Messages of any schema with ordinary, extreme and odd values, most of which are still acceptable. */
public final class RandomMessages {

    private static final long[] NUMBERS = {
        0, 1, 2, 63, 64, 127, 128, 255, 256, 16_383, 16_384, 65_535, 65_536, 0x7FFF_FFFFL, 0x8000_0000L,
        0xFFFF_FFFFL, 0x1_0000_0000L, -1, -2, -65, Integer.MIN_VALUE, Long.MIN_VALUE, Long.MAX_VALUE };
    private static final String[] TEXTS = {
        "", "a", "file.txt", "ünïcödé", "日本語", "\uD83D\uDE00 face", "\u0000", "\u007F\u0080", "\u07FF\u0800",
        "\uFFFD", "\uFFFF\uE000\uD7FF", "a\nb\tc", " ", "x".repeat(127), "y".repeat(128), "é".repeat(64),
        "z".repeat(300), "line\u2028separator" };
    private static final String[] PATHS = {
        "/", "/a", "/a/b.txt", "/räume/日本語", "/\uD83D\uDE00", "/..a/.b", "/a b/\n", "/" + "d/".repeat(80) + "e" };
    private static final String[] BAD_PATHS = { "", "a", "//", "/a/", "/a//b", "/./a", "/a/..", ".", "/a/." };
    private static final long[] SECONDS = {
        0, 1, -1, -62_135_596_800L, 253_402_300_799L, 1_700_000_000L, -62_135_596_801L, 253_402_300_800L,
        31_556_889_864_403_199L, 31_556_889_864_403_200L, Long.MIN_VALUE };
    private static final int[] NANOS = { 0, 1, 999_999_999, 123_456_789, 1_000_000_000, -1 };

    private final Random random;

    public RandomMessages(Random random) {
        this.random = random;
    }

    public Message like(Message prototype) {
        Message.Builder builder = prototype.newBuilderForType();
        for (FieldDescriptor field : prototype.getDescriptorForType().getFields()) {
            if (field.isRepeated()) {
                for (int i = random.nextInt(4); i > 0; i--) {
                    builder.addRepeatedField(field, value(builder, field));
                }
            } else if (field.getContainingOneof() != null ? oneIn(2) : !oneIn(5)) {
                builder.setField(field, value(builder, field));
            }
        }
        if (oneIn(10) && !prototype.getDescriptorForType().getOptions().getMapEntry()) {
            builder.setUnknownFields(unknownFields(2));
        }
        return builder.build();
    }

    private Object value(Message.Builder parent, FieldDescriptor field) {
        return switch (field.getType()) {
            case BOOL -> random.nextBoolean();
            case STRING -> text(field.getName());
            case BYTES -> bytes(field.getName());
            case ENUM -> number(field);
            case MESSAGE -> like(parent.newBuilderForField(field).getDefaultInstanceForType());
            case INT64, UINT64 -> field.getName().equals("seconds") ? mostly(SECONDS, 6) : longNumber(field);
            case INT32, UINT32 -> field.getName().equals("nanos") ? (int) mostly(longs(NANOS), 4) : (int) anyNumber();
            default -> throw new IllegalStateException("no such field in our schemas: " + field);
        };
    }

    private String text(String field) {
        if (field.equals("pathname")) {
            return oneIn(20) ? BAD_PATHS[random.nextInt(BAD_PATHS.length)] : PATHS[random.nextInt(PATHS.length)];
        }
        if (field.equals("error")) {
            return oneIn(2) ? "" : TEXTS[random.nextInt(TEXTS.length)];
        }
        return TEXTS[random.nextInt(TEXTS.length)];
    }

    private ByteString bytes(String field) {
        boolean mac = field.startsWith("mac") && !oneIn(20);
        byte[] bytes = new byte[mac ? 32 : random.nextInt(200)];
        random.nextBytes(bytes);
        return ByteString.copyFrom(bytes);
    }

    private EnumValueDescriptor number(FieldDescriptor field) {
        int known = field.getEnumType().getValues().size();
        int number = oneIn(20) ? (int) anyNumber() : random.nextInt(known);
        return field.getEnumType().findValueByNumberCreatingIfUnknown(number);
    }

    private long longNumber(FieldDescriptor field) {
        long number = anyNumber();
        boolean tooSmall = field.getName().equals("size") && number < -1 || field.getName().equals("offset");
        return tooSmall && !oneIn(10) ? number & Long.MAX_VALUE : number;
    }

    private long anyNumber() {
        return oneIn(3) ? random.nextLong() >>> random.nextInt(64) : NUMBERS[random.nextInt(NUMBERS.length)];
    }

    /** One of the first {@code good} values; now and then one of the bad values after them. */
    private long mostly(long[] values, int good) {
        return values[oneIn(20) ? random.nextInt(values.length) : random.nextInt(good)];
    }

    private static long[] longs(int[] values) {
        return Arrays.stream(values).asLongStream().toArray();
    }

    private UnknownFieldSet unknownFields(int depth) {
        UnknownFieldSet.Builder set = UnknownFieldSet.newBuilder();
        for (int i = random.nextInt(3); i >= 0; i--) {
            set.addField(1000 + random.nextInt(536_870_911 - 1000), unknownField(depth));
        }
        // A known number with another wire type is unknown as well. No message here has field 1 as a fixed32.
        return oneIn(2)
                ? set.build()
                : set.addField(1, UnknownFieldSet.Field.newBuilder().addFixed32(7).build()).build();
    }

    private UnknownFieldSet.Field unknownField(int depth) {
        UnknownFieldSet.Field.Builder field = UnknownFieldSet.Field.newBuilder();
        switch (random.nextInt(depth == 0 ? 4 : 5)) {
            case 0 -> field.addVarint(anyNumber());
            case 1 -> field.addFixed32(random.nextInt());
            case 2 -> field.addFixed64(random.nextLong());
            case 3 -> field.addLengthDelimited(bytes(""));
            default -> field.addGroup(unknownFields(depth - 1));
        }
        return field.build();
    }

    private boolean oneIn(int cases) {
        return random.nextInt(cases) == 0;
    }

}
