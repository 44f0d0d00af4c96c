package dev.kloset.files.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Memory for the arguments and answers of a few system calls, one after the other. It is reused and never freed: there are as
 * many buffers as threads that were in calls at the same time. Access goes through a {@link ByteBuffer}, because handles for
 * single values of native memory are made at their first use, which costs more than a thousand such calls.
 */
public final class NativeBuffer implements AutoCloseable {

    /** Two paths of the greatest length, and a little more. */
    private static final int BYTES = 16 * 1024;

    private static final int ALIGNMENT = 8;

    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final int ERRNO = (int) STATE.byteOffset(PathElement.groupElement("errno"));
    private static final Queue<NativeBuffer> FREE = new ConcurrentLinkedQueue<>();

    private final MemorySegment state;
    private final ByteBuffer bytes;
    private final long address;
    private int used;

    private NativeBuffer() {
        MemorySegment memory = Arena.global().allocate(BYTES, ALIGNMENT);
        this.state = memory.asSlice(0, STATE.byteSize());
        this.bytes = memory.asByteBuffer().order(ByteOrder.nativeOrder());
        this.address = memory.address();
    }

    /** {@return an empty buffer, reserved for this thread until it is closed} */
    public static NativeBuffer take() {
        NativeBuffer free = FREE.poll();
        NativeBuffer taken = free != null ? free : new NativeBuffer();
        taken.used = ALIGNMENT * (int) ((STATE.byteSize() + ALIGNMENT - 1) / ALIGNMENT);
        return taken;
    }

    /** {@return the place where a call leaves its error number} */
    MemorySegment state() {
        return state;
    }

    /** {@return the error number of the last call, if that failed} */
    public int errno() {
        return bytes.getInt(ERRNO);
    }

    /** {@return the address of a place in the buffer} */
    long address(int place) {
        return address + place;
    }

    /** {@return the bytes from that place on, in the byte order of this machine} */
    ByteBuffer bytes() {
        return bytes;
    }

    /** {@return whether there is room for {@code count} more bytes} */
    boolean fits(int count) {
        return count <= rest();
    }

    /** {@return how many bytes there is room for} */
    int rest() {
        return BYTES - ALIGNMENT - used;
    }

    /** {@return the place of {@code count} bytes with arbitrary content} */
    int room(int count) {
        if (!fits(count)) {
            throw new IllegalArgumentException(count + " bytes are too many for one system call");
        }
        int place = used;
        used += (count + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        return place;
    }

    /** {@return the place of {@code text}, followed by a terminating zero} */
    int text(byte[] text) {
        int place = room(text.length + 1);
        bytes.put(place, text).put(place + text.length, (byte) 0);
        return place;
    }

    byte[] copy(int place, int count) {
        byte[] copy = new byte[count];
        bytes.get(place, copy);
        return copy;
    }

    @Override
    public void close() {
        FREE.add(this);
    }
}
