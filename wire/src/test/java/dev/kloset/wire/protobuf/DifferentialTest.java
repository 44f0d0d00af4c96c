package dev.kloset.wire.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.sun.management.ThreadMXBean;
import dev.kloset.wire.codec.Mutations;
import dev.kloset.wire.codec.RandomMessages;
import dev.kloset.wire.codec.Rules;
import dev.kloset.wire.codec.Subject;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Our codec against protobuf's, on random, odd and damaged messages of every kind. The messages are the same every time, unless
 * {@code -Dkloset.seed=N} asks for others; a failure names its seed.
 */
final class DifferentialTest {

    private static final long SEED = Long.getLong("kloset.seed", 20_260_609);
    private static final int MESSAGES = 500;
    private static final int DAMAGED = 2000;
    private static final int GARBAGE = 500;

    // Where we follow Go rather than protobuf-java, which truncates numbers.
    private static final Pattern STRICTER = Pattern.compile(
            "more than 64 bits|field number outside the range|it claims \\d{10,} bytes");

    private final Random random = new Random(SEED);

    static Stream<Subject<?, ?>> subjects() {
        return Subject.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("subjects")
    <T, M extends Message> void readsWhatProtobufWrites(Subject<T, M> subject) {
        RandomMessages messages = new RandomMessages(random);
        int accepted = 0;
        for (int i = 0; i < MESSAGES; i++) {
            accepted += compare(subject, messages.like(subject.prototype()).toByteArray()).isPresent() ? 1 : 0;
        }
        // Otherwise this would only have compared refusals with refusals.
        assertThat(accepted).as("accepted, seed %d", SEED).isGreaterThan(MESSAGES / 5);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("subjects")
    <T, M extends Message> void writesWhatProtobufReads(Subject<T, M> subject) throws Exception {
        RandomMessages messages = new RandomMessages(random);
        boolean hasMap = subject.prototype()
                .getDescriptorForType()
                .getFields()
                .stream()
                .anyMatch(FieldDescriptor::isMapField);
        for (int i = 0; i < MESSAGES; i++) {
            byte[] bytes = messages.like(subject.prototype()).toByteArray();
            Optional<T> value = decode(subject, ByteBuffer.wrap(bytes));
            if (value.isPresent()) {
                M view = subject.view().apply(value.get());
                byte[] ours = bytes(subject.encode().apply(value.get()));
                assertThat(parse(subject, ours)).as(() -> hex(ours)).isEqualTo(view);
                if (!hasMap) { // the order of a map is free
                    assertThat(ours).as(view::toString).isEqualTo(view.toByteArray());
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("subjects")
    <T, M extends Message> void twoMessagesInARowAreMerged(Subject<T, M> subject) {
        RandomMessages messages = new RandomMessages(random);
        for (int i = 0; i < MESSAGES; i++) {
            byte[] first = messages.like(subject.prototype()).toByteArray();
            byte[] second = messages.like(subject.prototype()).toByteArray();
            compare(subject, ByteBuffer.allocate(first.length + second.length).put(first).put(second).array());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("subjects")
    <T, M extends Message> void refusesDamageExactlyWhereProtobufDoes(Subject<T, M> subject) {
        RandomMessages messages = new RandomMessages(random);
        Mutations mutations = new Mutations(random);
        for (int i = 0; i < DAMAGED; i++) {
            compare(subject, mutations.of(messages.like(subject.prototype()).toByteArray()));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("subjects")
    <T, M extends Message> void survivesGarbage(Subject<T, M> subject) {
        for (int i = 0; i < GARBAGE; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            compare(subject, bytes);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("subjects")
    <T, M extends Message> void allocatesNoMoreThanTheInputJustifies(Subject<T, M> subject) {
        RandomMessages messages = new RandomMessages(random);
        Mutations mutations = new Mutations(random);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < MESSAGES; i++) {
            byte[] bytes = mutations.of(messages.like(subject.prototype()).toByteArray());
            ByteBuffer message = ByteBuffer.wrap(bytes);
            long before = threads.getCurrentThreadAllocatedBytes();
            Optional<T> value = decode(subject, message);
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertThat(allocated).as(() -> value + " from " + hex(bytes)).isLessThan(64L * bytes.length + 100_000);
        }
    }

    /** {@return what both codecs read from the bytes, after a check that it is the same} */
    private <T, M extends Message> Optional<M> compare(Subject<T, M> subject, byte[] bytes) {
        Optional<M> expected = expected(subject, bytes);
        ByteBuffer message = somewhere(bytes);
        Optional<M> actual;
        try {
            T value = subject.decode().decode(message);
            if (subject.prototype().getDescriptorForType().findFieldByName("chunk") == null) {
                overwrite(message); // only chunks may look at the message later
            }
            actual = Optional.of(subject.view().apply(value));
        } catch (MalformedMessageException e) {
            assertThat(e.getMessage()).as(() -> hex(bytes)).startsWith("cannot read ").doesNotContain("null");
            if (STRICTER.matcher(e.getMessage()).find()) {
                return Optional.empty();
            }
            actual = Optional.empty();
        }
        assertThat(actual).as(() -> hex(bytes)).isEqualTo(expected);
        assertThat(message.remaining()).as("the buffer stays as it is").isEqualTo(bytes.length);
        return actual;
    }

    private static <T, M extends Message> Optional<M> expected(Subject<T, M> subject, byte[] bytes) {
        try {
            Message theirs = parse(subject, bytes);
            return theirs == null ? Optional.empty() : Optional.of(subject.accepted(theirs));
        } catch (Rules.Refused _) {
            return Optional.empty();
        }
    }

    private static @Nullable Message parse(Subject<?, ?> subject, byte[] bytes) {
        try {
            return DiscardUnknownFieldsParser.wrap(subject.prototype().getParserForType()).parseFrom(bytes);
        } catch (InvalidProtocolBufferException _) {
            return null;
        }
    }

    private static <T> Optional<T> decode(Subject<T, ?> subject, ByteBuffer message) {
        try {
            return Optional.of(subject.decode().decode(message));
        } catch (MalformedMessageException _) {
            return Optional.empty();
        }
    }

    /** {@return the bytes in the middle of an array, where reading too far finds what looks like more fields} */
    private ByteBuffer somewhere(byte[] bytes) {
        int before = random.nextInt(20);
        int between = random.nextInt(20);
        byte[] array = new byte[before + between + bytes.length + 20];
        Arrays.fill(array, (byte) 0x08);
        System.arraycopy(bytes, 0, array, before + between, bytes.length);
        return ByteBuffer.wrap(array, before, between + bytes.length).slice().position(between);
    }

    private static void overwrite(ByteBuffer message) {
        message.duplicate().put("x".repeat(message.remaining()).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static String hex(byte[] bytes) {
        return "seed " + SEED + ", message " + HexFormat.of().formatHex(bytes);
    }
}
