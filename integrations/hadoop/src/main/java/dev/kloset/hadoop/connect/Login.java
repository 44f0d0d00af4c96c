package dev.kloset.hadoop.connect;

import dev.kloset.ConfigException;
import dev.kloset.ConnectorException;
import dev.kloset.ErrorKind;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import javax.security.auth.kerberos.KerberosPrincipal;
import javax.security.auth.kerberos.KeyTab;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.SecurityUtil;
import org.apache.hadoop.security.UserGroupInformation;

/** Logs in: as a name that a cluster without Kerberos believes, with a keytab, or with the ticket that the user has. */
final class Login {

    private static final String AUTHENTICATION = "hadoop.security.authentication";
    private static final String KERBEROS = "kerberos";
    private static final Set<PosixFilePermission> OF_OTHERS = Set.of(PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    private final ConnectionSettings settings;
    private final Configuration configuration;

    private Login(ConnectionSettings settings, Configuration configuration) {
        this.settings = settings;
        this.configuration = configuration;
    }

    /**
     * {@return the login of settings} Does not log in yet. With a principal, the configuration wants Kerberos from now on.
     *
     * @throws ConfigException if settings contradict each other
     */
    static Login of(ConnectionSettings settings, Configuration configuration) throws ConfigException {
        if (settings.principal().isPresent() != settings.keytab().isPresent()) {
            throw new ConfigException("the settings \"principal\" and \"keytab\" need each other");
        }
        if (settings.principal().isPresent()) {
            configuration.set(AUTHENTICATION, KERBEROS);
        }
        Login login = new Login(settings, configuration);
        if (login.isKerberos() && settings.user().isPresent()) {
            throw new ConfigException("the setting \"user\" is for clusters without Kerberos: set \"principal\" and"
                    + " \"keytab\"");
        }
        return login;
    }

    boolean isKerberos() {
        return KERBEROS.equalsIgnoreCase(configuration.getTrimmed(AUTHENTICATION));
    }

    /** {@return the user, for sentences} */
    String who() {
        return settings.principal().or(settings::user).orElse("the user of this process");
    }

    /** {@return who is logged in now} With a keytab or a ticket it is the login of the whole process, which Hadoop renews. */
    UserGroupInformation now() throws IOException {
        settings.krb5Conf().ifPresent(file -> System.setProperty("java.security.krb5.conf", file.toString()));
        UserGroupInformation.setConfiguration(configuration);
        if (settings.keytab().isPresent()) {
            return withKeytab(settings.principal().orElseThrow(), settings.keytab().get());
        }
        return settings.user().isPresent()
                ? UserGroupInformation.createRemoteUser(settings.user().get())
                : UserGroupInformation.getLoginUser();
    }

    private static UserGroupInformation withKeytab(String name, Path keytab) throws IOException {
        requireReadable(keytab);
        String principal = SecurityUtil.getServerPrincipal(name, InetAddress.getLocalHost());
        requireKey(principal, keytab);
        try {
            UserGroupInformation.loginUserFromKeytab(principal, keytab.toString());
        } catch (IOException e) {
            throw new IOException("cannot log in as " + principal, e);
        }
        return UserGroupInformation.getLoginUser();
    }

    private static void requireReadable(Path keytab) throws IOException {
        if (!Files.isReadable(keytab)) {
            throw new ConfigException("the setting \"keytab\" must be a file that can be read");
        }
        PosixFileAttributeView view = Files.getFileAttributeView(keytab, PosixFileAttributeView.class,
                new LinkOption[0]);
        if (view != null && view.readAttributes().permissions().stream().anyMatch(OF_OTHERS::contains)) {
            throw new ConfigException("the setting \"keytab\" names a file that not only its owner can read or write:"
                    + " chmod 600 it");
        }
    }

    /** Hadoop says of a keytab without the right key that a password cannot be had from the user. */
    private static void requireKey(String principal, Path keytab) throws ConnectorException {
        try {
            KerberosPrincipal wanted = new KerberosPrincipal(principal);
            if (KeyTab.getInstance(wanted, keytab.toFile()).getKeys(wanted).length > 0) {
                return;
            }
        } catch (IllegalArgumentException e) {
            throw new ConnectorException(ErrorKind.CONFIGURATION,
                    "the principal " + principal + " has no realm, and krb5.conf names no default", e)
                    .hint("check the settings principal and krb5_conf");
        }
        throw new ConnectorException(ErrorKind.AUTHENTICATION,
                "the keytab " + keytab + " has no key for " + principal);
    }
}
