package dev.kloset.files;

import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** Keeps what is logged. Safe for any number of threads. */
public final class Said implements System.Logger {

    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    /** {@return the lines so far, without their levels} */
    public List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    @Override
    public String getName() {
        return "said";
    }

    @Override
    public boolean isLoggable(Level level) {
        return true;
    }

    @Override
    public void log(Level level, @Nullable ResourceBundle bundle, @Nullable String message,
            @Nullable Throwable thrown) {
        lines.add(String.valueOf(message));
    }

    @Override
    public void log(Level level, @Nullable ResourceBundle bundle, @Nullable String format,
            @Nullable Object @Nullable... parameters) {
        lines.add(parameters == null || parameters.length == 0
                ? String.valueOf(format)
                : MessageFormat.format(String.valueOf(format), parameters));
    }
}
