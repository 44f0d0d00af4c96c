package dev.kloset.host;

import java.io.IOException;

/** A plugin failed, refused or died. The message names the plugin and says why, in one sentence. */
public final class PluginException extends IOException {

    private static final long serialVersionUID = 1;

    PluginException(String message, Throwable cause) {
        super(message, cause);
    }
}
