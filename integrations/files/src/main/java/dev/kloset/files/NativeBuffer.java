package dev.kloset.files;

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
 * Memory for the arguments and answers of a few system calls, one after the other. It is used again and never given back: there
 * are as many as threads that were in calls at a time. Reached through a {@link ByteBuffer}: handles for single values of native
 * memory are made when they are first used, which costs more than a thousand such calls.
 */
final class NativeBuffer implements AutoCloseable {

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

    /** {@return an empty one, for this thread until it is closed} */
    static NativeBuffer take() {
        NativeBuffer free = FREE.poll();
        NativeBuffer taken = free != null ? free : new NativeBuffer();
        taken.used = ALIGNMENT * (int) ((STATE.byteSize() + ALIGNMENT - 1) / ALIGNMENT);
        return taken;
    }

    /** {@return where a call leaves the number of its error} */
    MemorySegment state() {
        return state;
    }

    /** {@return the number of the error of the last call, if that failed} */
    int errno() {
        return bytes.getInt(ERRNO);
    }

    /** {@return the address of a place in it} */
    long address(int place) {
        return address + place;
    }

    /** {@return what is at that place and behind it, in the order of bytes of this machine} */
    ByteBuffer bytes() {
        return bytes;
    }

    /** {@return whether there is room for so many more bytes} */
    boolean fits(int count) {
        return count <= rest();
    }

    /** {@return how many bytes there is room for} */
    int rest() {
        return BYTES - ALIGNMENT - used;
    }

    /** {@return the place of {@code count} bytes of any content} */
    int room(int count) {
        if (!fits(count)) {
            throw new IllegalArgumentException(count + " bytes are too many for one system call");
        }
        int place = used;
        used += (count + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        return place;
    }

    /** {@return the place of {@code text}, with the zero that ends it} */
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
