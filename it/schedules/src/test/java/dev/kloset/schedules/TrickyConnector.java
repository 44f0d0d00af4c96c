package dev.kloset.schedules;

import dev.kloset.Connector;
import dev.kloset.LocationFlag;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the three kinds have in common: their small methods also fail. */
abstract class TrickyConnector implements Connector {

    final Stage stage;

    TrickyConnector(Stage stage) {
        this.stage = stage;
    }

    /** {@return {@code value}, unless a trick happens} */
    @SuppressWarnings("NullAway") // that is the trick
    final <T> T value(T value) {
        Trick trick = stage.next("Call");
        stage.performUnchecked(trick);
        @Nullable
        T given = trick == Trick.NULL ? null : value;
        return given;
    }

    @Override
    public String origin() {
        return value("here");
    }

    @Override
    public String type() {
        return value("test");
    }

    @Override
    public String root() {
        return value("/");
    }

    @Override
    public Set<LocationFlag> flags() {
        return value(Set.of());
    }

    @Override
    public void close() throws IOException {
        value("");
    }
}
