package dev.kloset.cli.shell;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C and SIGTERM into an interrupt of the command's thread and gives it a moment to end its plugins. The JVM
 * then ends with the code that belongs to the signal, 130 for Ctrl-C.
 */
public final class Interruption {

    /** How long plugins may take to end by themselves: on a terminal they also got the signal. */
    private static final long PLUGIN_SECONDS = 2;

    private static final long OWN_SECONDS = 3;
    /** How long the deletion of temporary files may take: a restored tree may be large. */
    private static final long DELETION_SECONDS = 120;

    private final CountDownLatch ended = new CountDownLatch(1);

    private Interruption() {}

    public static Interruption watch(Thread command) {
        Interruption interruption = new Interruption();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> interruption.onShutdown(command), "interruption"));
        return interruption;
    }

    public void commandEnded() {
        ended.countDown();
    }

    private void onShutdown(Thread command) {
        if (ended.getCount() == 0) {
            return;
        }
        command.interrupt();
        try {
            if (!ended.await(PLUGIN_SECONDS, TimeUnit.SECONDS)) {
                killPlugins();
                ended.await(TemporaryDirectory.isAnyOpen() ? DELETION_SECONDS : OWN_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        killPlugins(); // a plugin that was starting when the signal came has no owner yet
    }

    private static void killPlugins() {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    }
}
