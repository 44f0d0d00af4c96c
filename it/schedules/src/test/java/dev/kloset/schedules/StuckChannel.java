package dev.kloset.schedules;

import java.io.IOException;
import java.nio.channels.spi.AbstractInterruptibleChannel;

/**
 * A channel to a far end that does not answer: not when it is used, and not when it is closed. An interrupt closes a channel
 * on the thread that interrupts.
 */
final class StuckChannel extends AbstractInterruptibleChannel {

    private final Stage stage;

    StuckChannel(Stage stage) {
        this.stage = stage;
    }

    void use() throws IOException {
        stage.nowStuck(); // an interrupt flag that is set already makes the next line close the channel
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
