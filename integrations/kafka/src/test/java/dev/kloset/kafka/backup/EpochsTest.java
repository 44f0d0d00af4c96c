package dev.kloset.kafka.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** The epochs that stand for windows, against logs that are known. */
class EpochsTest {

    private static final TopicPartition PARTITION = new TopicPartition("t", 0);

    private int asked;

    /** {@return the epochs of the windows' last records} Negative epochs are offsets without a record. */
    private List<Integer> find(int[] log, int earliest, int size, int latest) throws Exception {
        int cut = earliest + log.length;
        int first = Math.min((earliest / size + 1) * size, cut) - 1;
        asked = 0;
        Epochs epochs = new Epochs(offsets -> {
            asked++;
            Map<TopicPartition, Integer> answers = new HashMap<>();
            offsets.forEach((partition, offset) -> {
                for (int i = (int) (offset - earliest); i < log.length && !answers.containsKey(partition); i++) {
                    if (log[i] >= 0) {
                        answers.put(partition, log[i]);
                    }
                }
            });
            return answers;
        });
        epochs.find(Map.of(PARTITION,
                new Epochs.Ends(first, cut - 1, size, new Cut.Bounds(earliest, cut, cut, log[0], latest))));
        List<Integer> found = new ArrayList<>();
        for (int start = earliest / size * size; start < cut; start += size) {
            found.add(epochs.epoch(PARTITION, Math.min(start + size, cut) - 1));
        }
        return found;
    }

    @Test
    void aLogOfOneEpochNeedsNoQuestion() throws Exception {
        assertThat(find(new int[100], 5, 8, 0)).containsOnly(0);
        assertThat(asked).isZero();
    }

    @Test
    void anElectionWithoutRecordsChangesNothing() throws Exception {
        assertThat(find(new int[1000], 0, 8, 7)).containsOnly(0);
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void eachWindowHasTheEpochOfItsLastRecord() throws Exception {
        Random random = new Random(4);
        for (int round = 0; round < 300; round++) {
            int[] log = new int[1 + random.nextInt(200)];
            int epoch = 0;
            for (int i = 0; i < log.length; i++) {
                epoch += random.nextInt(30) == 0 ? 1 + random.nextInt(3) : 0;
                log[i] = epoch;
            }
            int earliest = random.nextInt(40);
            int size = 1 << random.nextInt(5);
            List<Integer> found = find(log, earliest, size, epoch + random.nextInt(3));
            for (int i = 0; i < found.size(); i++) {
                int last = Math.min((earliest / size + i + 1) * size, earliest + log.length) - 1;
                assertThat(found.get(i)).as("round %d, window %d", round, i).isEqualTo(log[last - earliest]);
            }
        }
    }

    @Test
    void whereNoRecordIsAnEpochBetweenItsOwnAndTheLatestStands() throws Exception {
        int[] log = { 0, 0, 0, -1, 2, 2, 2, -1 };
        assertThat(find(log, 0, 4, 9)).containsExactly(2, 9);
    }
}
