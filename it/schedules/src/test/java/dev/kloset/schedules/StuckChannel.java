package dev.kloset.schedules;

import java.io.IOException;
import java.nio.channels.spi.AbstractInterruptibleChannel;

/**
 * A channel to a remote end that does not answer: neither when the channel is used nor when it is closed. An interrupt closes
 * the channel on the interrupting thread.
 */
final class StuckChannel extends AbstractInterruptibleChannel {

    private final Stage stage;

    StuckChannel(Stage stage) {
        this.stage = stage;
    }

    void use() throws IOException {
        stage.nowStuck(); // if the interrupt flag is already set, the next line closes the channel
        boolean done = false;
        try {
            begin();
            stage.deaf();
            done = true;
        } finally {
            end(done);
        }
    }

    @Override
    protected void implCloseChannel() {
        stage.deaf();
    }
}
