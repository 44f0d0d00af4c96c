package dev.kloset.hadoop.connect;

import dev.kloset.ConfigException;
import dev.kloset.ConnectorException;
import dev.kloset.DiagnosisStep;
import dev.kloset.ErrorKind;
import dev.kloset.Location;
import java.io.IOException;
import java.security.PrivilegedExceptionAction;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.viewfs.ViewFileSystem;
import org.apache.hadoop.security.UserGroupInformation;
import org.jspecify.annotations.Nullable;

/**
 * One file system as one user, and a directory there. For any number of threads.
 *
 * <p>The file system is made once, as the user, and keeps that user in every thread. A call as a user ({@code doAs}) would not: a
 * new thread is the user of the process again.
 */
public final class Cluster implements AutoCloseable {

    private final Place place;
    private final ConnectionSettings settings;
    private final Configuration configuration;
    private final Login login;
    private @Nullable FileSystem fileSystem; // guarded by this
    private boolean closed; // guarded by this

    private Cluster(Place place, ConnectionSettings settings, Configuration configuration, Login login) {
        this.place = place;
        this.settings = settings;
        this.configuration = configuration;
        this.login = login;
    }

    /**
     * {@return the cluster of a location} Neither connects nor logs in.
     *
     * @throws ConfigException if settings contradict each other, or their files cannot be read
     */
    public static Cluster of(Location location, ConnectionSettings settings) throws IOException {
        HadoopLog.quiet();
        Configuration configuration = ClusterConfiguration.of(settings);
        Login login = Login.of(settings, configuration);
        Place place = Place.of(location, configuration);
        if (place.scheme().endsWith("webhdfs")) {
            WebMediaTypes.install();
        }
        return new Cluster(place, settings, configuration, login);
    }

    /** {@return the protocol, such as {@code hdfs}} */
    public String scheme() {
        return place.scheme();
    }

    /** {@return the nameservice, or host and port; the same whatever NameNode is active} */
    public String origin() {
        return place.origin();
    }

    /** {@return the file system, for sentences} */
    public String name() {
        return place.name();
    }

    /** {@return the path of the location: absolute, without a slash at the end} */
    public String path() {
        return place.path();
    }

    /** {@return the path of the location, as Hadoop's} */
    public Path root() {
        return at(place.path());
    }

    /** {@return an absolute pathname of the file system, as Hadoop's} Any letter is taken as it is. */
    public Path at(String pathname) {
        return new Path(place.scheme(), place.authority(), pathname);
    }

    /** {@return the user, for sentences} */
    public String who() {
        return login.who();
    }

    /** {@return what Hadoop knows of the cluster; not to be changed} */
    public Configuration configuration() {
        return configuration;
    }

    /**
     * {@return the file system, for all threads} Logs in and makes it at the first call; {@link #close} closes it.
     *
     * @throws IOException if the login fails, or the cluster is unknown
     */
    public synchronized FileSystem fileSystem() throws IOException, InterruptedException {
        if (closed) {
            throw new IllegalStateException(name() + " is closed");
        }
        if (fileSystem == null) {
            UserGroupInformation user = login();
            PrivilegedExceptionAction<FileSystem> make = () -> FileSystem.newInstance(place.uri(), configuration);
            try {
                fileSystem = user.doAs(make);
            } catch (IOException | RuntimeException e) {
                throw new IOException("cannot use " + name(), e);
            } catch (NoClassDefFoundError e) {
                throw new IOException("cannot use " + name() + ": the jars in library_dir need another one, which has "
                        + e.getMessage(), e);
            }
        }
        return fileSystem;
    }

    /**
     * {@return the cluster and the directory that this one shows, if it is a view; otherwise this one} The caller closes it.
     *
     * @throws IOException if the location is above the mount points of the view
     */
    public Cluster resolved() throws IOException, InterruptedException {
        if (!(fileSystem() instanceof ViewFileSystem view)) {
            return this;
        }
        Path real = new ViewedPath(view).resolve(root());
        if (view.getScheme().equals(real.toUri().getScheme())) {
            throw new ConnectorException(ErrorKind.CONFIGURATION,
                    path() + " on " + name() + " is above the mount points of the view");
        }
        return of(Location.parse(real.toString()), settings);
    }

    UserGroupInformation login() throws IOException {
        return login.now();
    }

    NameNodes nameNodes() {
        return NameNodes.of(place, configuration);
    }

    boolean isKerberos() {
        return login.isKerberos();
    }

    /**
     * Ask for the directory of the location.
     *
     * @throws IOException if there is no answer, or no such directory
     */
    public void ping() throws IOException, InterruptedException {
        try {
            FileSystem files = fileSystem();
            Calls.get(() -> files.getFileStatus(root()));
        } catch (IOException e) {
            throw new IOException("cannot reach " + path() + " on " + name(), e);
        }
    }

    /** {@return the steps of a doctor up to the first answer} */
    public List<DiagnosisStep> diagnosis() {
        return new ClusterDiagnosis(this).steps();
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        FileSystem last = fileSystem;
        fileSystem = null;
        if (last != null) {
            last.close();
        }
    }
}
