package dev.kloset.kafka;

import dev.kloset.kafka.servers.KafkaBroker;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Backups while producers, transactions and a group are at work: each committed record comes back once and in order, and the group
 * reads what it had not read.
 */
class KafkaLiveTest {

    /** A sample of them in each build, {@code -Pfull} for all. */
    private static final int SEEDS = Integer.getInteger("kafka.seeds", 3);

    private static LiveTrip trip;

    @BeforeAll
    static void start() throws Exception {
        trip = new LiveTrip(KafkaBroker.emptied());
    }

    static Stream<Long> seeds() {
        return LongStream.range(0, SEEDS).boxed();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void eachCommittedRecordComesBackAndTheGroupGoesOn(long seed) throws Exception {
        trip.run(seed);
    }
}
