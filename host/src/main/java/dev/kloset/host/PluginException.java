package dev.kloset.host;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reports that a plugin failed, refused or died. The message names the plugin and says why, in one sentence. */
public final class PluginException extends IOException {

    private static final long serialVersionUID = 1;

    PluginException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** {@return an exception whose message is the whole reason; {@code besides} is only for debugging} */
    static PluginException complete(String message, Throwable besides) {
        PluginException complete = new PluginException(message, null);
        complete.addSuppressed(besides);
        return complete;
    }
}
