package dev.kloset.sdk;

import dev.kloset.wire.grpc.ServerCall;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a call waits for, read off the stacks of its threads. */
final class Waiting {

    private static final int FRAMES = 3;
    private static final String RUNTIME = "dev.kloset.sdk";
    private static final String WIRE = "dev.kloset.wire.";
    private static final String ACKNOWLEDGEMENTS = "it waits for acknowledgements of the host";

    private Waiting() {}

    /** {@return what {@code call} waits for, in words that follow a colon} May be asked at any time, from any thread. */
    static String of(ServerCall call) {
        Thread handler = call.handler();
        if (handler == null) {
            return "its handler has not begun, or is about to end";
        }
        StackTraceElement[] stack = handler.getStackTrace();
        String words = of(stack, call.holdUp());
        Thread helper = call.helper();
        String listener = helper == null ? "" : authors(helper.getStackTrace());
        // Those of the host may be there, and not be taken.
        return words.equals(ACKNOWLEDGEMENTS) && !listener.isEmpty()
                ? "it waits for a result listener of the connector, which has not returned, at " + listener
                : words;
    }

    /**
     * {@return what the thread with this stack waits for, in words}
     *
     * @param holdUp what a sender of its call would wait for, if for anything
     */
    static String of(StackTraceElement[] stack, @Nullable String holdUp) {
        for (StackTraceElement frame : stack) {
            String name = frame.getClassName();
            if (isAuthors(name)) {
                return "it is in the code of the connector, at " + authors(stack);
            }
            if (name.startsWith(WIRE)) {
                return ours(stack, holdUp);
            }
            if (isOf(RUNTIME, name)) {
                if (name.endsWith("EmitGate")) {
                    return "it waits for the threads that emit the last records";
                }
                return name.endsWith("ImportPump") || name.endsWith("RecordRoom")
                        ? ACKNOWLEDGEMENTS
                        : "it is in the runtime, at " + frame;
            }
        }
        return "it does nothing that can be seen";
    }

    /** The first of our frames is in the transport: either we send, or we want to hear something. */
    private static String ours(StackTraceElement[] stack, @Nullable String holdUp) {
        boolean receives = Stream.of(stack)
                .anyMatch(frame -> frame.getMethodName().equals("receive")
                        && frame.getClassName().equals(WIRE + "grpc.ServerCall"));
        String whom = receives
                ? "it waits for a message of the host"
                : "it waits for " + (holdUp == null ? "the host to read" : holdUp);
        String frames = authors(stack);
        return frames.isEmpty() ? whom : whom + ", on behalf of " + frames;
    }

    /** {@return where the thread with this stack is in the code of the connector; empty if it is not} */
    static String authors(StackTraceElement[] stack) {
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
                && !className.startsWith(WIRE) && !isOf(RUNTIME, className) && !isOf("dev.kloset", className);
    }

    private static boolean isOf(String packageName, String className) {
        return className.startsWith(packageName + ".") && className.lastIndexOf('.') == packageName.length();
    }
}
