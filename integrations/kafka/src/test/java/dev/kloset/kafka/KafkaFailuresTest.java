package dev.kloset.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.DiagnosisStep;
import dev.kloset.Importer;
import dev.kloset.kafka.layout.Layout;
import dev.kloset.kafka.servers.KafkaBroker;
import dev.kloset.kafka.servers.Keystores;
import dev.kloset.support.Sentence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What users read if something is wrong, in a backup and from a doctor. */
class KafkaFailuresTest {

    private static final String WRONG = "Rosebud-1941";

    private KafkaBroker broker;
    private Work work;

    @BeforeEach
    void start() throws Exception {
        broker = KafkaBroker.shared();
        work = new Work(broker);
    }

    private Map<String, String> login(String password, String... more) {
        Map<String, String> settings = work.settings("", more);
        settings.put("location", settings.getOrDefault("at", "kafka://" + broker.login()));
        settings.remove("at");
        settings.put("username", KafkaBroker.USER);
        settings.put("password", password);
        settings.putIfAbsent("sasl_mechanism", "PLAIN");
        settings.putIfAbsent("security_protocol", "SASL_PLAINTEXT");
        settings.putIfAbsent("timeout", "2m"); // no test waits for it
        return settings;
    }

    private static List<String> doctor(Map<String, String> settings) throws Exception {
        List<String> results = new ArrayList<>();
        try (Importer importer = Snapshot.importer(settings)) {
            for (DiagnosisStep step : importer.diagnosis()) {
                try {
                    step.check().run();
                    results.add(step.name());
                } catch (IOException e) {
                    results.add(step.name() + ": " + Sentence.of(e));
                    break;
                }
            }
        }
        return results;
    }

    private static String failure(Map<String, String> settings) {
        try (Snapshot snapshot = Snapshot.take(settings)) {
            return "it works: " + snapshot.paths();
        } catch (Exception e) {
            return Sentence.of(e);
        }
    }

    private void allow(ResourceType type, String name, AclOperation... operations) throws Exception {
        List<AclBinding> bindings = new ArrayList<>();
        for (AclOperation operation : operations) {
            bindings.add(new AclBinding(new ResourcePattern(type, name, PatternType.LITERAL),
                    new AccessControlEntry("User:" + KafkaBroker.USER, "*", operation, AclPermissionType.ALLOW)));
        }
        try (Admin admin = broker.admin()) {
            admin.createAcls(bindings).all().get();
        }
        broker.settle();
    }

    @Test
    void aPasswordThatIsWrong() throws Exception {
        for (String mechanism : List.of("PLAIN", "SCRAM-SHA-512")) {
            Map<String, String> settings = login(WRONG, "sasl_mechanism=" + mechanism);
            assertThat(failure(settings)).startsWith("cannot connect to " + broker.login() + ": Authentication failed")
                    .endsWith("check the settings username, password and sasl_mechanism")
                    .doesNotContain("Rosebud");
            assertThat(doctor(settings)).hasSize(3)
                    .startsWith("name", "port")
                    .last()
                    .asString()
                    .startsWith("login: cannot connect");
        }
    }

    @Test
    void aHostThatIsUnknown() throws Exception {
        Map<String, String> settings = work.settings("", "timeout=5s");
        settings.put("location", "kafka://nosuch.invalid:9092");
        assertThat(failure(settings)).startsWith("no broker answers: nosuch.invalid:9092: ").contains("unknown host");
        assertThat(doctor(settings)).singleElement().asString().startsWith("name: ").contains("nosuch.invalid");
    }

    @Test
    void aPortThatNothingListensOn() throws Exception {
        Map<String, String> settings = work.settings("");
        settings.put("location", "kafka://127.0.0.1:1,127.0.0.1:2");
        assertThat(failure(settings)).startsWith("no broker answers: 127.0.0.1:1: ").contains("refused; 127.0.0.1:2: ");
        assertThat(doctor(settings)).last().asString().startsWith("port: no broker answers");
    }

    @Test
    void anAdvertisedAddressThatCannotBeResolved() throws Exception {
        Map<String, String> settings = astray();
        assertThat(failure(settings)).isEqualTo(unresolved());
        assertThat(doctor(settings)).containsExactly("name", "port", "login: " + unresolved());
    }

    @Test
    void aRestoreToAnAdvertisedAddressThatCannotBeResolved() throws Exception {
        SnapshotFiles snapshot = SnapshotFiles.of(work.settings(work.topic(1)));
        assertThatThrownBy(() -> snapshot.restore(astray()))
                .satisfies(e -> assertThat(Sentence.of(e)).isEqualTo(unresolved()));
    }

    private Map<String, String> astray() {
        return Map.of("location", "kafka://" + broker.astray(), "timeout", "8s");
    }

    private String unresolved() {
        String port = broker.astray().substring(broker.astray().indexOf(':'));
        return "no broker of " + broker.astray() + " answered within 4s; the advertised address " + KafkaBroker.NOWHERE
                + port + " cannot be resolved";
    }

    @Test
    void aTopicThatMayNotBeReadIsAnErrorAndOthersGoOn() throws Exception {
        String open = work.topic(1);
        String salaries = work.topic(1);
        String hidden = work.topic(1);
        work.count(open, 0, 0, 3);
        work.count(salaries, 0, 0, 3);
        allow(ResourceType.TOPIC, open, AclOperation.READ, AclOperation.DESCRIBE_CONFIGS);
        allow(ResourceType.TOPIC, salaries, AclOperation.DESCRIBE);
        Map<String, String> settings = login(KafkaBroker.PASSWORD, "topics=test*");
        String sentence = "bk may not read topic " + salaries + ": grant Read and DescribeConfigs to User:bk";
        try (Snapshot snapshot = Snapshot.take(settings)) {
            assertThat(snapshot.errors()).containsEntry(Layout.topic(salaries), sentence)
                    .containsEntry(Layout.ACLS,
                            "bk may not read the access control lists: grant Describe on the cluster"
                                    + " to User:bk, or leave them out with -ignore /30-acls.jsonl");
            assertThat(Snapshot.values(snapshot.records(open, 0))).containsExactly("0", "1", "2");
            assertThat(snapshot.paths()).doesNotContain(Layout.topic(hidden), Layout.topic(salaries));
        }
        assertThat(doctor(settings)).last().asString().startsWith("rights: ").contains(sentence);
        try (Snapshot snapshot = Snapshot.take(settings, "/10-topics/" + salaries, "/30-acls.jsonl",
                "/40-quotas.jsonl")) {
            assertThat(snapshot.errors()).as("what is excluded is not even asked about").isEmpty();
        }
        settings.put("location", "kafka://" + broker.login() + "/" + hidden);
        assertThat(failure(settings)).startsWith("there is no topic " + hidden + ", or bk may not see it");
    }

    @Test
    void tlsNeedsACertificateThatIsTrusted() throws Exception {
        String topic = work.topic(1);
        work.count(topic, 0, 0, 3);
        allow(ResourceType.TOPIC, topic, AclOperation.READ, AclOperation.DESCRIBE_CONFIGS);
        String at = "at=kafka://" + broker.tls() + "/" + topic;
        Map<String, String> untrusted = login(KafkaBroker.PASSWORD, at, "security_protocol=SASL_SSL");
        assertThat(failure(untrusted)).startsWith("cannot connect to " + broker.tls())
                .contains("unable to find valid certification path")
                .endsWith("check the settings truststore and keystore");
        Map<String, String> pkcs = login(KafkaBroker.PASSWORD, at, "security_protocol=SASL_SSL",
                "truststore=" + broker.keystores().trust(), "truststore_password=" + Keystores.PASSWORD);
        Map<String, String> pem = login(KafkaBroker.PASSWORD, at, "security_protocol=SASL_SSL",
                "truststore=" + broker.keystores().certificate());
        for (Map<String, String> settings : List.of(pkcs, pem)) {
            try (Snapshot snapshot = Snapshot.take(settings)) {
                assertThat(snapshot.records(topic, 0)).hasSize(3);
            }
        }
        Map<String, String> plain = work.settings(topic, "timeout=4s");
        plain.put("location", "kafka://" + broker.tls());
        assertThat(failure(plain)).startsWith("no broker of " + broker.tls() + " answered within 2s; check")
                .contains("security_protocol");
    }

    @Test
    void scramWorks() throws Exception {
        String topic = work.topic(1);
        allow(ResourceType.TOPIC, topic, AclOperation.READ, AclOperation.DESCRIBE_CONFIGS);
        try (Admin admin = broker.admin()) {
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(KafkaBroker.USER,
                    new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), KafkaBroker.PASSWORD))).all().get();
        }
        broker.settle();
        Map<String, String> settings = login(KafkaBroker.PASSWORD, "sasl_mechanism=SCRAM-SHA-512",
                "at=kafka://" + broker.login() + "/" + topic);
        try (Snapshot snapshot = Snapshot.take(settings)) {
            assertThat(snapshot.paths()).contains(Layout.topic(topic));
        }
        assertThat(doctor(settings)).containsExactly("name", "port", "login", "rights", "leaders");
    }

    @Test
    void settingsThatContradictEachOther() {
        assertThatThrownBy(() -> Snapshot.importer(work.settings("t", "window=48")))
                .hasMessageContaining("power of two");
        assertThatThrownBy(() -> Snapshot.importer(work.settings("t", "username=bk")))
                .hasMessageContaining("\"password\" is missing");
        assertThatThrownBy(() -> Snapshot.importer(work.settings("t", "username=bk", "password=" + WRONG)))
                .hasMessageContaining("\"sasl_mechanism\" is missing")
                .hasMessageNotContaining("Rosebud");
        assertThatThrownBy(() -> Snapshot.importer(work.settings("a/b"))).hasMessageContaining("name of a topic");
    }
}
