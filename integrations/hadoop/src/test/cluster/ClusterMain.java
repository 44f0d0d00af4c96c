import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.SafeModeAction;
import org.apache.hadoop.hdfs.HdfsConfiguration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.server.datanode.DataNode;
import org.apache.hadoop.minikdc.MiniKdc;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * A cluster in a process of its own, with only Hadoop's servers beside it on its class path. It does what standard input says, a
 * command a line, answers each with a line, and ends with standard input.
 *
 * <p>Arguments: {@code cluster} or {@code datanode}, a directory, a file with properties of Hadoop.
 */
final class ClusterMain {

    private static final PrintStream ANSWERS = System.out;

    private final Path directory;
    private final Configuration conf = new HdfsConfiguration();
    private MiniDFSCluster cluster;
    private MiniDFSCluster.DataNodeProperties[] stopped = new MiniDFSCluster.DataNodeProperties[16];

    private ClusterMain(Path directory) {
        this.directory = directory;
    }

    public static void main(String[] args) throws Exception {
        System.setOut(System.err);
        ClusterMain main = new ClusterMain(Path.of(args[1]));
        Properties properties = new Properties();
        try (var in = Files.newBufferedReader(Path.of(args[2]))) {
            properties.load(in);
        }
        properties.stringPropertyNames().forEach(name -> main.conf.set(name, properties.getProperty(name)));
        try {
            if (args[0].equals("datanode")) {
                main.dataNode();
            } else {
                main.cluster(properties);
            }
            main.obey();
        } catch (Throwable e) {
            e.printStackTrace();
        } finally {
            Runtime.getRuntime().halt(0);
        }
    }

    private void dataNode() throws Exception {
        DataNode.createDataNode(new String[0], conf);
        ANSWERS.println("ready 0 0");
    }

    private void cluster(Properties properties) throws Exception {
        if (Boolean.parseBoolean(properties.getProperty("kloset.kerberos"))) {
            kerberos();
        }
        conf.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, directory.resolve("dfs").toString());
        cluster = new MiniDFSCluster.Builder(conf).numDataNodes(conf.getInt("kloset.datanodes", 1))
                .nameNodePort(conf.getInt("kloset.port", 0))
                .nameNodeHttpPort(conf.getInt("kloset.http.port", 0))
                .format(!Files.exists(directory.resolve("dfs")))
                .build();
        cluster.waitActive();
        ANSWERS.println("ready " + cluster.getNameNodePort() + " " + cluster.getNameNode().getHttpAddress().getPort());
    }

    /** A realm with this cluster in it, and keytabs of two users. */
    private void kerberos() throws Exception {
        Properties kdcConf = MiniKdc.createConf();
        kdcConf.setProperty(MiniKdc.MAX_TICKET_LIFETIME, conf.get("kloset.ticket.seconds", "86400"));
        MiniKdc kdc = new MiniKdc(kdcConf, directory.resolve("kdc").toFile());
        kdc.start();
        File keytab = directory.resolve("hdfs.keytab").toFile();
        kdc.createPrincipal(keytab, "hdfs/localhost", "HTTP/localhost", "hdfs/127.0.0.1", "HTTP/127.0.0.1");
        kdc.createPrincipal(directory.resolve("backup.keytab").toFile(), "backup");
        kdc.createPrincipal(directory.resolve("other.keytab").toFile(), "other");
        Files.copy(kdc.getKrb5conf().toPath(), directory.resolve("krb5.conf"));
        String server = "hdfs/localhost@" + kdc.getRealm();
        conf.set("hadoop.security.authentication", "kerberos");
        for (String node : List.of("namenode", "datanode")) {
            conf.set("dfs." + node + ".kerberos.principal", server);
            conf.set("dfs." + node + ".keytab.file", keytab.toString());
        }
        conf.set("dfs.web.authentication.kerberos.principal", "HTTP/localhost@" + kdc.getRealm());
        conf.set("dfs.web.authentication.kerberos.keytab", keytab.toString());
        conf.set("dfs.block.access.token.enable", "true");
        conf.set("dfs.data.transfer.protection", "privacy");
        conf.set("ignore.secure.ports.for.testing", "true");
        UserGroupInformation.setConfiguration(conf);
        UserGroupInformation.loginUserFromKeytab(server, keytab.toString());
    }

    private void obey() throws Exception {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "safemode" -> cluster.getFileSystem()
                        .setSafeMode(words[1].equals("on") ? SafeModeAction.ENTER : SafeModeAction.LEAVE);
                case "stop" -> stopped[Integer.parseInt(words[1])] = cluster.stopDataNode(Integer.parseInt(words[1]));
                case "start" -> {
                    cluster.restartDataNode(stopped[Integer.parseInt(words[1])], true);
                    cluster.waitActive();
                }
                default -> throw new IllegalArgumentException(line);
            }
            ANSWERS.println("done");
        }
        if (cluster == null) {
            return; // the NameNode's process removes the directory
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }
}
