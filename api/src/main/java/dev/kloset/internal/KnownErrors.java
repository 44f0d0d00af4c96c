package dev.kloset.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the authors of the connectors in this process say about exceptions of their libraries. For the whole process, because a
 * sentence is made in many places and an exception means the same in all of them. Safe for any number of threads.
 */
public final class KnownErrors {

    private static final int DEPTH = 20;
    private static final List<Function<Throwable, @Nullable Known>> TABLES = new CopyOnWriteArrayList<>();

    /**
     * What is known of an exception.
     *
     * @param sentence for the user
     * @param kind the name of a constant of ErrorKind
     */
    public record Known(String sentence, String kind) {}

    private KnownErrors() {}

    /** Ask {@code table} too, once, after the others. It answers null for an exception that it does not have. */
    public static void add(Function<Throwable, @Nullable Known> table) {
        if (!TABLES.contains(table)) {
            TABLES.add(table);
        }
    }

    /** {@return what is known of {@code error} itself} */
    public static @Nullable Known of(Throwable error) {
        for (Function<Throwable, @Nullable Known> table : TABLES) {
            Known known = table.apply(error);
            if (known != null) {
                return known;
            }
        }
        return null;
    }

    /** {@return {@code error} and its causes; nothing if nothing is known of any exception} */
    public static List<Throwable> chain(Throwable error) {
        List<Throwable> chain = new ArrayList<>();
        Throwable reason = TABLES.isEmpty() ? null : error;
        while (reason != null && chain.size() < DEPTH) {
            chain.add(reason);
            reason = cause(reason);
        }
        return chain;
    }

    /** {@return whether anything is known of {@code error} or of one of its causes} */
    public static boolean explain(Throwable error) {
        return chain(error).stream().anyMatch(reason -> of(reason) != null);
    }

    private static @Nullable Throwable cause(Throwable error) {
        try {
            return error.getCause();
        } catch (RuntimeException e) {
            return null; // an author's exception may itself throw here
        }
    }
}
