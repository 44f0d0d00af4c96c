package dev.kloset.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.hadoop.servers.MiniHdfs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A cluster with Kerberos and encrypted data. Each login is in a process of its own, because Hadoop knows one configuration of
 * logins a process.
 */
class KerberosTest {

    /** How long a ticket lives, a third of the time that a backup takes. */
    private static final int TICKET = Integer.getInteger("hadoop.ticket.seconds", 15);

    private static MiniHdfs cluster;

    @BeforeAll
    static void start() throws Exception {
        cluster = MiniHdfs.start(1, Map.of("kloset.kerberos", "true", "dfs.permissions.enabled", "false",
                "kloset.ticket.seconds", Integer.toString(TICKET),
                "hadoop.kerberos.keytab.login.autorenewal.enabled", "true",
                "hadoop.kerberos.min.seconds.before.relogin", "1"));
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    private static Map<String, String> settings(String... more) {
        Map<String, String> settings = new HashMap<>(Stores.settings(cluster, "/r", more));
        settings.put("krb5_conf", cluster.directory().resolve("krb5.conf").toString());
        settings.merge("settings", "hadoop.security.authentication=kerberos", (a, b) -> a + ", " + b);
        return settings;
    }

    private static String keytab(String user) throws Exception {
        Path keytab = cluster.directory().resolve(user + ".keytab");
        Files.setPosixFilePermissions(keytab, PosixFilePermissions.fromString("rw-------"));
        return keytab.toString();
    }

    @Test
    void aKeytabLogsIn() throws Exception {
        assertThat(StoreMain.run(
                settings("principal", "backup@EXAMPLE.COM", "keytab", keytab("backup"))))
                .startsWith("[name, port, login, answer, safe mode, writing]")
                .endsWith("put and got");
    }

    @Test
    void aKeytabOfAnotherUserDoesNot() throws Exception {
        String keytab = keytab("other");
        assertThat(StoreMain.run(settings("principal", "backup@EXAMPLE.COM", "keytab", keytab)))
                .contains("login: the keytab " + keytab + " has no key for backup@EXAMPLE.COM");
    }

    @Test
    void aKeytabThatOthersCanReadIsRefused() throws Exception {
        Path open = Files.copy(Path.of(keytab("other")), cluster.directory().resolve("open.keytab"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(StoreMain.run(settings("principal", "other@EXAMPLE.COM", "keytab", open.toString())))
                .contains("login: the setting \"keytab\"", "chmod 600");
    }

    @Test
    void withoutATicketTheSentenceSaysWhatToSet() throws Exception {
        assertThat(StoreMain.run(settings())).contains("there is no ticket", "set principal and keytab");
        Map<String, String> simple = settings("user", "backup");
        simple.computeIfPresent("settings",
                (_, text) -> text.replace("hadoop.security.authentication=kerberos", "dfs.client.context=x"));
        assertThat(StoreMain.run(simple)).contains("it wants Kerberos: set principal and keytab");
    }

    @Test
    void aTreeOutlivesTheTicketOfItsBackup() throws Exception {
        Map<String, String> tree = settings("location", cluster.location() + "/tree", "principal", "backup@EXAMPLE.COM",
                "keytab", keytab("backup"), "consistency", "require-snapshot");
        tree.computeIfPresent("settings", (_, text) -> text + ", ipc.client.connection.maxidletime=500"); // new logins

        assertThat(JavaMain.run(KerberosTreeMain.class, "128m", tree, Integer.toString(3 * TICKET)))
                .isEqualTo("same tree, {} of a snapshot, outlived a ticket, has another");
    }

    @Test
    void aTreeNeedsTheRightKeytab() throws Exception {
        Map<String, String> tree = settings("location", cluster.location() + "/other", "principal",
                "backup@EXAMPLE.COM", "keytab", keytab("other"));

        assertThat(JavaMain.run(KerberosTreeMain.class, "128m", tree, "0"))
                .startsWith("failed: ")
                .contains("the keytab " + keytab("other") + " has no key for backup@EXAMPLE.COM");
    }
}
