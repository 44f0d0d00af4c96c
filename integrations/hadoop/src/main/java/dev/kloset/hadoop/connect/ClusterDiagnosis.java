package dev.kloset.hadoop.connect;

import dev.kloset.ConnectorException;
import dev.kloset.DiagnosisStep;
import dev.kloset.ErrorKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.SafeModeAction;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.security.UserGroupInformation;

/** What a doctor finds out about a cluster, from the names of its hosts to its state. */
record ClusterDiagnosis(Cluster cluster) {

    private static final Set<String> OF_NAME_NODES = Set.of("hdfs", "webhdfs", "swebhdfs");

    List<DiagnosisStep> steps() {
        List<DiagnosisStep> steps = new ArrayList<>();
        if (OF_NAME_NODES.contains(cluster.scheme())) {
            steps.add(DiagnosisStep.of("name", () -> cluster.nameNodes().resolve()));
            steps.add(DiagnosisStep.of("port", () -> cluster.nameNodes().reach()));
        }
        steps.add(DiagnosisStep.of("login", this::login));
        steps.add(DiagnosisStep.of("answer", this::answer));
        steps.add(DiagnosisStep.of("safe mode", this::safeMode));
        return steps;
    }

    /** Fail if there is no login, or no ticket. */
    private void login() throws IOException {
        UserGroupInformation user = cluster.login();
        if (!cluster.isKerberos()) {
            return;
        }
        if (!user.hasKerberosCredentials()) {
            throw new ConnectorException(ErrorKind.AUTHENTICATION,
                    cluster.name() + " wants Kerberos, and there is no ticket")
                    .hint("set principal and keytab, or run kinit");
        }
    }

    private void answer() throws IOException, InterruptedException {
        FileSystem files = cluster.fileSystem();
        try {
            Calls.get(() -> files.getFileStatus(cluster.at("/")));
        } catch (IOException e) {
            throw new IOException("cannot ask " + cluster.name() + " for /", e);
        }
    }

    /** Fail in safe mode, in which a NameNode takes neither writes nor snapshots. */
    private void safeMode() throws IOException, InterruptedException {
        if (cluster.fileSystem() instanceof DistributedFileSystem hdfs
                && Calls.get(() -> hdfs.setSafeMode(SafeModeAction.GET))) {
            throw new ConnectorException(ErrorKind.TRANSIENT, "the NameNode of " + cluster.name()
                    + " is in safe mode, in which nothing can be changed")
                    .hint("\"hdfs dfsadmin -safemode get\" says when it has left it");
        }
    }
}
