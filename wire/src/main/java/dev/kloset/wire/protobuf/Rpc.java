package dev.kloset.wire.protobuf;

import dev.kloset.Plugin.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The services of the plugin protocol and their methods. The path of a call is a service followed by a method. All of them are
 * compile-time constants: code that names a call in every start loads nothing for it.
 */
public final class Rpc {

    /** The service of importers: {@link #INIT}, {@link #PING}, {@link #IMPORT}, {@link #OPEN} and {@link #CLOSE}. */
    public static final String IMPORTER = "/importer.Importer/";

    /** The service of exporters: {@link #INIT}, {@link #PING}, {@link #EXPORT} and {@link #CLOSE}. */
    public static final String EXPORTER = "/plakar.exporter.Exporter/";

    /** The service of stores: all methods but {@link #IMPORT} and {@link #EXPORT}. */
    public static final String STORE = "/store.Store/";

    /** Make the connector. */
    public static final String INIT = "Init";

    /** Check whether the connector works. */
    public static final String PING = "Ping";

    /** The host no longer needs the connector. */
    public static final String CLOSE = "Close";

    /** Records to the host, acknowledgements from it. */
    public static final String IMPORT = "Import";

    /** Of an importer: the content of a record. Of a store: the configuration of its repository. */
    public static final String OPEN = "Open";

    /** Records and contents from the host, results to it. */
    public static final String EXPORT = "Export";

    /** Make a repository. */
    public static final String CREATE = "Create";

    /** Which operations the store allows. */
    public static final String MODE = "Mode";

    /** How many bytes the store keeps. */
    public static final String SIZE = "Size";

    /** The MACs of the objects of a kind. */
    public static final String LIST = "List";

    /** Store an object. */
    public static final String PUT = "Put";

    /** Read an object, or one range from it. */
    public static final String GET = "Get";

    /** Remove an object. */
    public static final String DELETE = "Delete";

    private Rpc() {}

    /** {@return the service of connectors of this kind} */
    public static String service(Kind kind) {
        return switch (kind) {
            case IMPORTER -> IMPORTER;
            case EXPORTER -> EXPORTER;
            case STORAGE -> STORE;
        };
    }

    /** {@return the kind of connector that {@code path} calls; null if it is not a call of the protocol's services} */
    public static @Nullable Kind kind(String path) {
        String service = path.substring(0, path.lastIndexOf('/') + 1);
        for (Kind kind : Kind.values()) {
            if (service(kind).equals(service)) {
                return kind;
            }
        }
        return null;
    }

    /** {@return the method that {@code path} names, whatever its service is} */
    public static String method(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
