package dev.kloset;

import dev.kloset.internal.KnownErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the exceptions of a client library mean to a user: a kind and a sentence for each. Register it with {@link
 * Plugin.Builder#errors}, and every exception of the library that leaves the connector's code is explained by it, thrown as it is or
 * as the cause of another: in error records, results, statuses and logs.
 *
 * {@snippet :
 * ErrorTable.builder()
 *     .add(SQLException.class, e -> e.getSQLState().startsWith("28"), ErrorKind.AUTHENTICATION,
 *             e -> "the database does not know this user and password; check the settings username and password")
 *     .add(SafeModeException.class, ErrorKind.TRANSIENT, e -> "the NameNode is in safe mode")
 *     .build();
 * }
 *
 * <p>The first row that fits is taken. Its sentence stands for the exception and all of its causes, which only the log shows. What
 * the connector itself says around it comes first: {@code new IOException("cannot list " + path, e)} gives {@code cannot list /x: the
 * NameNode is in safe mode}. A {@link ConnectorException} needs no row, and hides those of its causes. Immutable.
 */
public final class ErrorTable {

    private final List<Row<?>> rows;
    private final Function<Throwable, KnownErrors.@Nullable Known> lookup = this::find;

    private ErrorTable(List<Row<?>> rows) {
        this.rows = List.copyOf(rows);
    }

    /** {@return a builder of a table without rows} */
    public static Builder builder() {
        return new Builder();
    }

    /** Use this table from now on, in this process. */
    void register() {
        KnownErrors.add(lookup);
    }

    private KnownErrors.@Nullable Known find(Throwable error) {
        for (Row<?> row : rows) {
            KnownErrors.Known known = row.find(error);
            if (known != null) {
                return known;
            }
        }
        return null;
    }

    /** {@return the kind of the nearest exception in the chain that a table has; null if none has, or an author said another} */
    static @Nullable ErrorKind kindOf(Throwable error) {
        for (Throwable reason : KnownErrors.chain(error)) {
            if (reason instanceof ConnectorException) {
                return null;
            }
            KnownErrors.Known known = KnownErrors.of(reason);
            if (known != null) {
                return ErrorKind.valueOf(known.kind());
            }
        }
        return null;
    }

    private record Row<E extends Throwable>(Class<E> type, Predicate<? super E> when, ErrorKind kind,
            Function<? super E, String> sentence) {

        /** A row that fails is passed over: the failure that it should explain matters more. */
        KnownErrors.@Nullable Known find(Throwable error) {
            try {
                if (type.isInstance(error) && when.test(type.cast(error))) {
                    String words = sentence.apply(type.cast(error));
                    return words.isBlank() ? null : new KnownErrors.Known(words, kind.name());
                }
            } catch (RuntimeException e) {
                error.addSuppressed(e);
            }
            return null;
        }
    }

    /** Builds an {@link ErrorTable}. Not for several threads. */
    public static final class Builder {

        private final List<Row<?>> rows = new ArrayList<>();

        private Builder() {}

        /**
         * Add a row for the exceptions of a type and its subtypes.
         *
         * @param sentence what went wrong, without what was tried and on what, which the connector's own message says; perhaps with
         *     advice. Called on any thread, and more than once
         */
        public <E extends Throwable> Builder add(Class<E> type, ErrorKind kind, Function<? super E, String> sentence) {
            return add(type, _ -> true, kind, sentence);
        }

        /**
         * Add a row for some exceptions of a type, as libraries have one type with many codes.
         *
         * @param when whether the row fits; must be quick
         */
        public <E extends Throwable> Builder add(Class<E> type, Predicate<? super E> when, ErrorKind kind,
                Function<? super E, String> sentence) {
            rows.add(new Row<>(Objects.requireNonNull(type, "type"), Objects.requireNonNull(when, "when"),
                    Objects.requireNonNull(kind, "kind"), Objects.requireNonNull(sentence, "sentence")));
            return this;
        }

        /** {@return the table} */
        public ErrorTable build() {
            return new ErrorTable(rows);
        }
    }
}
