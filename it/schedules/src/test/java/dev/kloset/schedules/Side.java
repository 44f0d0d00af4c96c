package dev.kloset.schedules;

import dev.kloset.Connector;
import dev.kloset.Plugin;
import java.io.IOException;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** One kind of session: the author's connector, an honest host that does its work with it, and the comparison of the two. */
interface Side {

    /** {@return the plugin with the author's connector} */
    Plugin plugin();

    /** Do a host's work. */
    void use(HostUser.Source host) throws IOException, InterruptedException;

    /** {@return the connector as the host sees it, if it was made} */
    @Nullable
    Connector connector();

    /** Interrupt all that works for the host, apart from the thread that uses it. */
    void interrupt();

    /** {@return how many records or objects have come out well, as the host sees it} */
    int came();

    /** Compare what was handed over with what came. All threads have gone. */
    void judge(boolean ok, Queue<String> defects) throws InterruptedException;
}
