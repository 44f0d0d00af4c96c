package dev.kloset.benchmarks.measure;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Becomes another program, for which every system call that syncs succeeds and does nothing. It uses a seccomp filter, which
 * stays when the process executes another program. This measures a plugin without its syncs even if the plugin has no option
 * for that.
 */
final class WithoutSync {

    private static final int NO_NEW_PRIVILEGES = 38;
    private static final int SECCOMP = 22;
    private static final long FILTER = 2;

    private static final short LOAD_WORD = 0x20;
    private static final short JUMP_IF_EQUAL = 0x15;
    private static final short RETURN = 0x06;
    private static final int ALLOW = 0x7fff0000;
    private static final int SUCCEED_AT_ONCE = 0x00050000;

    private static final int INSTRUCTION_BYTES = 8;

    private WithoutSync() {}

    /** Run the program in the first argument, with the remaining arguments. */
    public static void main(String[] args) throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            call("prctl", NO_NEW_PRIVILEGES, 1, MemorySegment.NULL);
            call("prctl", SECCOMP, FILTER, program(arena));
            execute(args, arena);
        }
    }

    /** The numbers of fsync, fdatasync, syncfs, sync and sync_file_range. */
    private static int[] syncs() throws IOException {
        return switch (System.getProperty("os.arch")) {
            case "amd64" -> new int[]{ 74, 75, 306, 162, 277 };
            case "aarch64" -> new int[]{ 82, 83, 267, 81, 84 };
            default ->
                throw new IOException("cannot switch syncing off: the numbers of the system calls are unknown for "
                        + System.getProperty("os.arch"));
        };
    }

    /** {@return struct sock_fprog: the number of instructions and their address} */
    private static MemorySegment program(Arena arena) throws IOException {
        int[] syncs = syncs();
        int count = syncs.length + 3;
        MemorySegment code = arena.allocate((long) count * INSTRUCTION_BYTES, INSTRUCTION_BYTES);
        instruction(code, 0, LOAD_WORD, 0, 0); // the number of the system call
        for (int i = 0; i < syncs.length; i++) {
            instruction(code, i + 1, JUMP_IF_EQUAL, syncs.length - i, syncs[i]);
        }
        instruction(code, count - 2, RETURN, 0, ALLOW);
        instruction(code, count - 1, RETURN, 0, SUCCEED_AT_ONCE);
        MemorySegment program = arena.allocate(16, 8);
        program.set(ValueLayout.JAVA_SHORT, 0, (short) count);
        program.set(ValueLayout.ADDRESS, 8, code);
        return program;
    }

    private static void instruction(MemorySegment code, int number, short what, int jump, int value) {
        long at = (long) number * INSTRUCTION_BYTES;
        code.set(ValueLayout.JAVA_SHORT, at, what);
        code.set(ValueLayout.JAVA_BYTE, at + 2, (byte) jump);
        code.set(ValueLayout.JAVA_INT, at + 4, value);
    }

    private static void execute(String[] args, Arena arena) throws Throwable {
        MemorySegment arguments = arena.allocate(ValueLayout.ADDRESS, args.length + 1);
        for (int i = 0; i < args.length; i++) {
            arguments.setAtIndex(ValueLayout.ADDRESS, i, arena.allocateFrom(args[i]));
        }
        MethodHandle execute = SystemFunction.of("execv",
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
        int failed = (int) execute.invokeExact(arguments.getAtIndex(ValueLayout.ADDRESS, 0), arguments);
        throw new IOException("cannot execute " + args[0] + ": " + failed);
    }

    private static void call(String function, int what, long value, MemorySegment pointer) throws Throwable {
        MethodHandle handle = SystemFunction.of(function,
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_LONG, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
        if ((int) handle.invokeExact(what, value, pointer, 0L, 0L) != 0) {
            throw new IOException("cannot switch syncing off: the system refuses " + function + " " + what);
        }
    }
}
