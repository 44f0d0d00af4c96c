package dev.kloset.hadoop.connect;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a NameNode that refuses something, in those of a user. */
final class Denied {

    private static final Pattern PERMISSION = Pattern.compile(
            "user=(?<user>[^,]+), access=(?<access>\\w+), inode=\"(?<path>.*)\":(?<owner>[^:]*):(?<group>[^:]*):(?<mode>\\S+)",
            Pattern.DOTALL);
    private static final Pattern OWNER = Pattern.compile("user=(?<user>\\S+) is not the owner of inode=(?<path>.*)",
            Pattern.DOTALL);
    private static final Pattern SUPERUSER = Pattern
            .compile("(?:user (?<user>\\S+)\\. )?Superuser privilege is required");

    private Denied() {}

    /** {@return who may not do what, and who could} */
    static String words(String message) {
        Matcher permission = PERMISSION.matcher(message);
        if (permission.find()) {
            return permission.group("user") + " may not " + verb(permission.group("access")) + " "
                    + root(permission.group("path")) + " (" + permission.group("owner") + ":"
                    + permission.group("group") + ", " + permission.group("mode") + ")";
        }
        String line = message.lines().findFirst().orElse("permission denied");
        Matcher owner = OWNER.matcher(line);
        if (owner.find()) {
            return owner.group("user") + " is not the owner of " + root(owner.group("path"));
        }
        Matcher superuser = SUPERUSER.matcher(line);
        if (superuser.find()) {
            String user = superuser.group("user");
            return (user == null ? "this user" : user) + " is not a superuser of the cluster";
        }
        return line;
    }

    private static String root(String path) {
        return path.isEmpty() ? "/" : path;
    }

    private static String verb(String access) {
        return switch (access) {
            case "READ" -> "read";
            case "WRITE" -> "write to";
            case "EXECUTE" -> "enter";
            case "READ_EXECUTE" -> "read";
            case "READ_WRITE" -> "read and write";
            case "WRITE_EXECUTE" -> "write to";
            default -> "do everything with";
        };
    }
}
