package dev.kloset.hadoop.connect;

import static dev.kloset.support.Sentence.innermostMessage;
import static dev.kloset.support.Sentence.message;

import dev.kloset.ErrorKind;
import dev.kloset.ErrorTable;
import dev.kloset.support.Sentence;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.hdfs.protocol.DSQuotaExceededException;
import org.apache.hadoop.hdfs.protocol.NSQuotaExceededException;
import org.apache.hadoop.hdfs.protocol.QuotaExceededException;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.ipc.RpcException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.security.KerberosAuthException;

/** What the exceptions of Hadoop's clients mean to a user. */
public final class HadoopErrors {

    /** Hadoop's client puts what it was doing, and an address for reading, around the words of the server. */
    private static final String WRAPPED = "wiki.apache.org/hadoop/";
    private static final String STRANGE = "its answer is none of Hadoop's; check the port, and hadoop.rpc.protection";
    private static final String NO_JARS = "; put its jars into library_dir";
    private static final Pattern CALL = Pattern.compile("^Call From \\S+ to (\\S+:\\d+) failed");
    private static final Pattern DESTINATION = Pattern
            .compile("destination host is: \\(?\"?([^\"\\s;)/]+)[^;]*?(:\\d+)?\\)?;");
    private static final Pattern INNER = Pattern.compile("^DestHost:destPort (\\S+:\\d+) ");

    private HadoopErrors() {}

    /** {@return the table for the plugin} */
    public static ErrorTable table() {
        ErrorTable.Builder table = ErrorTable.builder();
        logins(table);
        states(table);
        connections(table);
        return table.add(RemoteException.class, ErrorKind.OTHER, Sentence::message).build();
    }

    private static void logins(ErrorTable.Builder table) {
        table.add(AccessControlException.class, e -> message(e).contains("SIMPLE authentication is not enabled"),
                ErrorKind.AUTHENTICATION, _ -> "it wants Kerberos: set principal and keytab")
                .add(AccessControlException.class, e -> message(e).contains("Client cannot authenticate via"),
                        ErrorKind.AUTHENTICATION,
                        _ -> "it wants Kerberos, and there is no ticket: set principal and keytab, or run kinit")
                .add(AccessControlException.class, ErrorKind.PERMISSION, e -> Denied.words(message(e)))
                .add(KerberosAuthException.class, ErrorKind.AUTHENTICATION,
                        e -> innermostMessage(e) + "; check the settings principal, keytab and krb5_conf")
                .add(IllegalArgumentException.class,
                        e -> message(e).contains("Failed to specify server's Kerberos principal name"),
                        ErrorKind.CONFIGURATION,
                        _ -> "the principal of the NameNode is unknown: conf_dir or settings must have"
                                + " dfs.namenode.kerberos.principal")
                .add(IOException.class, e -> message(e).contains("Server asks us to fall back to SIMPLE auth"),
                        ErrorKind.CONFIGURATION,
                        _ -> "it has no Kerberos, but the settings want it; is this the right cluster?");
    }

    private static void states(ErrorTable.Builder table) {
        table.add(IOException.class, e -> isA(e, "SafeModeException"), ErrorKind.TRANSIENT,
                _ -> "the NameNode is in safe mode, in which nothing can be changed; \"hdfs dfsadmin -safemode get\""
                        + " says when it has left it")
                .add(IOException.class, e -> isA(e, "StandbyException"), ErrorKind.TRANSIENT,
                        _ -> "this NameNode is on standby: name the nameservice in location, and give conf_dir")
                .add(NSQuotaExceededException.class, ErrorKind.OTHER,
                        e -> "the quota of " + path(e) + " allows no more names")
                .add(DSQuotaExceededException.class, ErrorKind.OTHER,
                        e -> "the quota of " + path(e) + " allows no more bytes")
                .add(FileAlreadyExistsException.class, ErrorKind.OTHER, _ -> "it exists already")
                .add(IOException.class, e -> message(e).contains("could only be written to 0 of"), ErrorKind.TRANSIENT,
                        _ -> "no DataNode takes the block: all are full, excluded or cannot be reached from here")
                .add(IOException.class, e -> isA(e, "BlockMissingException"), ErrorKind.TRANSIENT,
                        _ -> "no DataNode has a block of the file, or the ones that have it do not answer")
                .add(UnsupportedFileSystemException.class, ErrorKind.UNSUPPORTED, e -> message(e) + NO_JARS)
                .add(RuntimeException.class, e -> e.getCause() instanceof ClassNotFoundException,
                        ErrorKind.UNSUPPORTED, e -> message(Objects.requireNonNull(e.getCause())) + NO_JARS);
    }

    private static void connections(ErrorTable.Builder table) {
        table.add(UnknownHostException.class, HadoopErrors::isWrapped, ErrorKind.NOT_FOUND,
                e -> unknown(destination(e)))
                .add(IllegalArgumentException.class, e -> e.getCause() instanceof UnknownHostException,
                        ErrorKind.NOT_FOUND, e -> unknown(message(Objects.requireNonNull(e.getCause()))))
                .add(ConnectException.class, HadoopErrors::isWrapped, ErrorKind.TRANSIENT,
                        e -> destination(e) + " refuses the connection; check host and port")
                .add(NoRouteToHostException.class, HadoopErrors::isWrapped, ErrorKind.TRANSIENT,
                        e -> "there is no route to " + destination(e))
                .add(SocketTimeoutException.class, HadoopErrors::isWrapped, ErrorKind.TRANSIENT,
                        e -> destination(e) + " did not answer in time; check host and port, and the setting timeout")
                .add(RpcException.class, ErrorKind.CONFIGURATION, _ -> STRANGE)
                .add(EOFException.class, HadoopErrors::isWrapped, ErrorKind.TRANSIENT,
                        e -> destination(e) + " closed the connection")
                .add(IOException.class, e -> INNER.matcher(message(e)).find() && e.getCause() != null,
                        ErrorKind.TRANSIENT, e -> destination(e) + ": " + inner(e));
    }

    private static String unknown(String host) {
        return "unknown host or nameservice " + host + "; a nameservice needs conf_dir";
    }

    private static boolean isWrapped(Throwable e) {
        return message(e).contains(WRAPPED);
    }

    private static String destination(Throwable e) {
        String message = message(e);
        for (Pattern pattern : new Pattern[]{ CALL, INNER }) {
            Matcher matcher = pattern.matcher(message);
            if (matcher.find()) {
                return matcher.group(1);
            }
        }
        Matcher matcher = DESTINATION.matcher(message);
        return matcher.find() ? matcher.group(1) + Objects.requireNonNullElse(matcher.group(2), "") : "the server";
    }

    private static String inner(IOException e) {
        Throwable cause = Objects.requireNonNull(e.getCause());
        return cause instanceof RpcException ? STRANGE : Sentence.of(cause);
    }

    /** The name of the directory is in the message alone. */
    private static String path(QuotaExceededException e) {
        Matcher matcher = Pattern.compile("quota of (\\S+) is exceeded").matcher(message(e));
        return matcher.find() ? matcher.group(1) : "the directory";
    }

    /** {@return whether it is of the class, here or at the server} Not all of a server's exceptions come as themselves. */
    private static boolean isA(IOException e, String type) {
        String name = e instanceof RemoteException remote ? remote.getClassName() : e.getClass().getName();
        return name.endsWith("." + type);
    }
}
