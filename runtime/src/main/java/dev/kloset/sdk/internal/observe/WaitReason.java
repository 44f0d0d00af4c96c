package dev.kloset.sdk.internal.observe;

import dev.kloset.wire.grpc.ServerCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a call is waiting for, from the stacks of its threads. */
public final class WaitReason {

    private static final int FRAMES = 3;
    private static final Set<String> API = Set.of("dev.kloset", "dev.kloset.exclude", "dev.kloset.export");
    private static final String RUNTIME = "dev.kloset.sdk";
    private static final String ROOMS = RUNTIME + ".internal.";
    private static final String WIRE = "dev.kloset.wire.";
    private static final String ACKNOWLEDGEMENTS = "it waits for acknowledgements of the host";

    private static final String MESSAGE = "it waits for a message of the host";
    private static final String TURN = "it waits for other lists to end: the heap has no room for more at once";
    private static final String READ_AHEAD = "it waits until its content has been read ahead";
    private static final String MEMORY = "it waits for memory: the heap has no room for a message of the host until the connector is "
            + "done with those of other calls";

    private WaitReason() {}

    /** {@return what {@code call} is waiting for, in words that follow a colon} Safe to call at any time, from any thread. */
    static String of(ServerCall call) {
        Thread handler = call.handler();
        if (handler == null) {
            return "its handler has not begun, or is about to end";
        }
        StackTraceElement[] stack = handler.getStackTrace();
        String words = of(stack, call.blockedOn());
        if (words.startsWith(MESSAGE) && call.waitsForMemory()) {
            words = MEMORY;
        }
        Thread helper = call.helper();
        String listener = helper == null ? "" : authors(helper.getStackTrace());
        if (words.equals(READ_AHEAD) && !listener.isEmpty()) {
            return "it is in the code of the connector, at " + listener;
        }
        // The host's acknowledgements may be there, and the listener does not take them.
        return words.equals(ACKNOWLEDGEMENTS) && !listener.isEmpty()
                ? "it waits for a result listener of the connector, which has not returned, at " + listener
                : words;
    }

    /** {@return whether these words say that the heap is too small for all the calls at once} */
    static boolean areAboutMemory(String words) {
        return words.equals(MEMORY) || words.equals(TURN);
    }

    /**
     * {@return what the thread with this stack is waiting for, in words}
     *
     * @param blockedOn what a sender of its call would wait for, if anything
     */
    static String of(StackTraceElement[] stack, @Nullable String blockedOn) {
        for (StackTraceElement frame : stack) {
            String name = frame.getClassName();
            if (isAuthors(name)) {
                return "it is in the code of the connector, at " + authors(stack);
            }
            if (name.startsWith(WIRE)) {
                return ours(stack, blockedOn);
            }
            if (isRuntime(name)) {
                if (name.endsWith("EmitGate")) {
                    return "it waits for the threads that emit the last records";
                }
                if (name.endsWith("ListTurns")) {
                    return TURN;
                }
                if (name.endsWith("AheadContent") && frame.getMethodName().equals("awaitRead")) {
                    return READ_AHEAD;
                }
                return name.endsWith("ImportPump") || name.endsWith("RecordRoom")
                        ? ACKNOWLEDGEMENTS
                        : "it is in the runtime, at " + frame;
            }
        }
        return "it does nothing that can be seen";
    }

    /** The first of our frames is in the transport: we are either sending or receiving. */
    private static String ours(StackTraceElement[] stack, @Nullable String blockedOn) {
        boolean receives = Stream.of(stack)
                .anyMatch(frame -> frame.getMethodName().equals("receive")
                        && frame.getClassName().equals(WIRE + "grpc.ServerCall"));
        String whom = receives
                ? MESSAGE
                : "it waits for " + (blockedOn == null ? "the host to read" : blockedOn);
        String frames = authors(stack);
        return frames.isEmpty() ? whom : whom + ", on behalf of " + frames;
    }

    /** {@return where the thread with this stack is in the code of the connector; empty if it is not} */
    public static String authors(StackTraceElement[] stack) {
        List<String> frames = new ArrayList<>();
        for (StackTraceElement frame : stack) {
            if (isAuthors(frame.getClassName()) && frames.size() < FRAMES) {
                frames.add(frame.toString());
            }
        }
        return String.join(" < ", frames);
    }

    private static boolean isAuthors(String className) {
        return !className.startsWith("java.") && !className.startsWith("jdk.") && !className.startsWith("sun.")
                && !className.startsWith(WIRE) && !isRuntime(className) && !API.contains(packageOf(className));
    }

    private static boolean isRuntime(String className) {
        return className.startsWith(ROOMS) || packageOf(className).equals(RUNTIME);
    }

    private static String packageOf(String className) {
        return className.substring(0, Math.max(0, className.lastIndexOf('.')));
    }
}
