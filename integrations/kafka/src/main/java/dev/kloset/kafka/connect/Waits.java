package dev.kloset.kafka.connect;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaFuture;

/** Waits for the answers of a cluster. The clients end each wait themselves, at the time-out of the settings. */
public final class Waits {

    private Waits() {}

    /**
     * {@return the answer}
     *
     * @param what the beginning of the sentence if there is none: {@code cannot list the topics of b1:9092}
     */
    public static <T> T get(KafkaFuture<T> answer, String what) throws IOException, InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IOException(what, e.getCause());
        }
    }
}
