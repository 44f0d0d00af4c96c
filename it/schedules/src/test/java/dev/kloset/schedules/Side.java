package dev.kloset.schedules;

import dev.kloset.Connector;
import dev.kloset.Plugin;
import java.io.IOException;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** One kind of session: the author's connector, an honest host that works with it, and the comparison of the two. */
interface Side {

    /** {@return the plugin with the author's connector} */
    Plugin plugin();

    /** Do the work of a host. */
    void use(HostUser.Source host) throws IOException, InterruptedException;

    /** {@return the connector as the host sees it, if the connector was made} */
    @Nullable
    Connector connector();

    /** Interrupt all threads of the host except the one that uses the connector. */
    void interrupt();

    /** {@return how many records or objects have arrived successfully, as the host sees it} */
    int came();

    /** Compare what was handed over with what arrived, after all threads have gone. */
    void judge(boolean ok, Queue<String> defects) throws InterruptedException;
}
