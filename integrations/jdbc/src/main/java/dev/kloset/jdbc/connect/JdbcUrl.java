package dev.kloset.jdbc.connect;

import dev.kloset.ConfigException;
import dev.kloset.Location;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The URL of a database, without a password.
 *
 * @param text as the driver wants it: {@code jdbc:postgresql://db/shop}
 * @param product the word behind {@code jdbc:}, which says what database it is: {@code postgresql}
 * @param origin host, port and database as the user wrote them: {@code db/shop}; of an embedded database its path
 */
public record JdbcUrl(String text, String product, String origin) {

    private static final Pattern FORM = Pattern.compile("([A-Za-z][A-Za-z0-9]*):(.+)", Pattern.DOTALL);
    private static final Pattern SECRET = Pattern.compile(
            "(?i)(?:[;?&:]|^)\\s*[a-z0-9_.-]*(?:password|passwd|pwd|passphrase|secret|token)[a-z0-9_.-]*\\s*=");
    private static final Pattern BEHIND_A_NAME = Pattern.compile("(?::|/)(?!\\d+(?:[/,;?]|$)).*@", Pattern.DOTALL);
    private static final Pattern DATABASE_NAME = Pattern.compile("(?i);\\s*databaseName=([^;]+)");

    /**
     * {@return the URL of a location}
     *
     * @param location {@code jdbc:postgresql://db/shop} as the user writes it, or {@code jdbc://postgresql://db/shop} as Plakar does
     * @throws ConfigException if it is none, or contains a password
     */
    public static JdbcUrl of(Location location) throws ConfigException {
        Matcher form = FORM.matcher(location.path());
        if (!form.matches()) {
            throw new ConfigException(
                    "the setting \"location\" must be a JDBC URL, such as jdbc:postgresql://db.example.org/shop");
        }
        String product = form.group(1).toLowerCase(Locale.ROOT);
        String rest = form.group(2);
        if (SECRET.matcher(rest).find() || hasPassword(product, rest)) {
            throw new ConfigException(
                    "the setting \"location\" contains a password: put it into the setting \"password\", which is hidden");
        }
        return new JdbcUrl("jdbc:" + product + ":" + rest, product, origin(rest));
    }

    /** {@return whether something stands behind the name of the user: {@code //joe:xyz@db}, {@code thin:joe/xyz@db}} */
    private static boolean hasPassword(String product, String rest) {
        int slashes = rest.indexOf("//");
        if (slashes >= 0 && !product.equals("oracle")) {
            String server = beforeParameters(rest.substring(slashes + 2));
            int at = server.lastIndexOf('@');
            return at >= 0 && Pattern.compile(":(?!\\d+(?:[/,]|$))").matcher(server.substring(0, at)).find();
        }
        return product.equals("oracle") && BEHIND_A_NAME.matcher(rest.replaceFirst("^[a-z0-9]+:", "")).find();
    }

    private static String origin(String rest) {
        int slashes = rest.indexOf("//");
        String server = beforeParameters(slashes >= 0 ? rest.substring(slashes + 2) : rest);
        String place = server.substring(server.lastIndexOf('@') + 1);
        Matcher name = DATABASE_NAME.matcher(rest);
        return name.find() ? place + "/" + name.group(1) : place;
    }

    private static String beforeParameters(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) != '?' && text.charAt(end) != ';') {
            end++;
        }
        return text.substring(0, end);
    }

    /** {@return the host to which the driver will connect; empty for an embedded database, or several hosts} */
    public Optional<Server> server() {
        if (!text.contains("//") || origin.contains(",")) {
            return Optional.empty();
        }
        Matcher parts = Pattern.compile("(\\[[^\\]]+\\]|[^:/\\[]+)(?::(\\d{1,5}))?(?:/.*)?", Pattern.DOTALL)
                .matcher(origin);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int port = parts.group(2) == null ? usualPort() : Integer.parseInt(parts.group(2));
        return port == 0 ? Optional.empty() : Optional.of(new Server(parts.group(1).replaceAll("[\\[\\]]", ""), port));
    }

    private int usualPort() {
        return switch (product) {
            case "postgresql" -> 5432;
            case "mariadb", "mysql" -> 3306;
            case "h2" -> 9092;
            case "hsqldb" -> 9001;
            case "derby" -> 1527;
            case "oracle" -> 1521;
            case "sqlserver" -> 1433;
            case "db2" -> 50000;
            default -> 0;
        };
    }

    /** {@return the origin: it has no secrets} */
    @Override
    public String toString() {
        return origin;
    }
}
