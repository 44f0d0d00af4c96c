package dev.kloset.kafka.servers;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a broker is configured.
 *
 * @param node its number; the first one is also the controller
 * @param controller the port of the controller
 */
record BrokerProperties(int node, BrokerPorts ports, int controller) {

    /** {@return the properties of a broker that keeps its data in this directory} */
    Map<String, String> in(Path directory, Keystores keystores) {
        String listeners = "PLAIN://127.0.0.1:" + ports.plain() + ",SASL://127.0.0.1:" + ports.sasl()
                + ",TLS://127.0.0.1:" + ports.tls();
        String astray = ",ASTRAY://127.0.0.1:" + ports.astray();
        String own = node == 1 ? ",CONTROLLER://127.0.0.1:" + ports.controller() : "";
        Map<String, String> all = new HashMap<>();
        all.put("process.roles", node == 1 ? "broker,controller" : "broker");
        all.put("node.id", Integer.toString(node));
        all.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
        all.put("listeners", listeners + astray + own);
        all.put("advertised.listeners", listeners + astray.replace("127.0.0.1", KafkaBroker.NOWHERE));
        all.put("listener.security.protocol.map",
                "PLAIN:PLAINTEXT,SASL:SASL_PLAINTEXT,TLS:SASL_SSL,ASTRAY:PLAINTEXT,CONTROLLER:PLAINTEXT");
        all.put("inter.broker.listener.name", "PLAIN");
        all.put("controller.listener.names", "CONTROLLER");
        all.put("log.dirs", directory.resolve("data").toString());
        for (String topic : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            all.put(topic + ".replication.factor", "1");
            all.put(topic + ".num.partitions", "4");
        }
        all.put("transaction.state.log.min.isr", "1");
        all.put("share.coordinator.state.topic.min.isr", "1");
        all.put("group.initial.rebalance.delay.ms", "0");
        all.put("group.streams.initial.rebalance.delay.ms", "0");
        all.put("auto.create.topics.enable", "false");
        all.put("log.retention.check.interval.ms", "500");
        all.put("log.cleaner.backoff.ms", "200");
        all.put("log.cleaner.dedupe.buffer.size", "4194304");
        all.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        all.put("super.users", "User:ANONYMOUS");
        all.put("sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-512");
        for (String listener : List.of("sasl", "tls")) {
            all.put("listener.name." + listener + ".plain.sasl.jaas.config",
                    "org.apache.kafka.common.security.plain.PlainLoginModule required user_" + KafkaBroker.USER + "=\""
                            + KafkaBroker.PASSWORD.replace("\\", "\\\\").replace("\"", "\\\"") + "\";");
            all.put("listener.name." + listener + ".scram-sha-512.sasl.jaas.config",
                    "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        }
        all.put("ssl.keystore.location", keystores.broker().toString());
        all.put("ssl.keystore.password", Keystores.PASSWORD);
        all.put("ssl.keystore.type", "PKCS12");
        return all;
    }
}
