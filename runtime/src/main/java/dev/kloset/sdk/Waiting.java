package dev.kloset.sdk;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a thread of a call waits for, read off its stack. */
final class Waiting {

    private static final int FRAMES = 3;
    private static final String RUNTIME = "dev.kloset.sdk";
    private static final String WIRE = "dev.kloset.wire.";

    private Waiting() {}

    /**
     * {@return what the thread with this stack waits for, in words}
     *
     * @param holdUp what a sender of its call would wait for, if for anything
     */
    static String of(StackTraceElement[] stack, @Nullable String holdUp) {
        for (StackTraceElement frame : stack) {
            String name = frame.getClassName();
            if (isAuthors(name)) {
                return "it is in the code of the connector, at " + frames(stack);
            }
            if (name.startsWith(WIRE)) {
                return ours(stack, holdUp);
            }
            if (isOf(RUNTIME, name)) {
                return name.endsWith("ImportPump")
                        ? "it waits for acknowledgements of the host"
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
        String frames = frames(stack);
        return frames.isEmpty() ? whom : whom + ", on behalf of " + frames;
    }

    private static String frames(StackTraceElement[] stack) {
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
