package dev.kloset.kafka;

import dev.kloset.kafka.servers.KafkaBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.kstream.Consumed;

/** An application of Kafka Streams that reads a topic. */
record StreamsReader(KafkaBroker broker, String application, String topic) {

    /** {@return the values that it reads until there are so many, and then commits} */
    List<String> read(int count) throws Exception {
        List<String> values = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch missing = new CountDownLatch(count);
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(topic, Consumed.with(Serdes.String(), Serdes.String())).foreach((_, value) -> {
            values.add(value);
            missing.countDown();
        });
        try (KafkaStreams streams = new KafkaStreams(builder.build(), properties())) {
            streams.setUncaughtExceptionHandler(failure -> {
                values.add(failure.toString());
                while (missing.getCount() > 0) {
                    missing.countDown();
                }
                return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
            });
            streams.start();
            missing.await();
            streams.close(Duration.ofMinutes(10));
            streams.cleanUp();
        }
        return List.copyOf(values);
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrap());
        properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "streams");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, Path.of("target", "streams").toString());
        properties.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
        return properties;
    }
}
