package dev.kloset.packaging.modules;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Names for modules that are needed together and that no class file of the plugin names: they would be found one failure at a time. */
public final class ModuleSets {

    /** The set with the modules of {@link TextReferences}. */
    static final String KERBEROS = "kerberos";

    private static final Map<String, List<String>> SETS = Map.of(
            KERBEROS, List.of("java.naming", "java.security.jgss", "java.security.sasl", "jdk.naming.dns",
                    "jdk.security.auth", "jdk.security.jgss"),
            // What the drivers of PostgreSQL, MariaDB, MySQL, Oracle, SQL Server and Db2 refer to, added by users in a directory.
            "jdbc-drivers", List.of("java.desktop", "java.management", "java.naming", "java.prefs", "java.rmi",
                    "java.security.jgss", "java.security.sasl", "java.sql", "jdk.management", "jdk.naming.dns",
                    "jdk.net",
                    "jdk.security.auth", "jdk.security.jgss", "jdk.unsupported"));

    private ModuleSets() {}

    /** {@return the modules of the set of that name; the name itself if there is no such set} */
    public static Stream<String> expand(String name) {
        return SETS.getOrDefault(name, List.of(name)).stream();
    }
}
