package dev.kloset.wire.frame;

/** Why a stream or a connection ended, with the numbers of RFC 9113, section 7. */
public enum ErrorCode {
    NO_ERROR(0), PROTOCOL_ERROR(1), INTERNAL_ERROR(2), FLOW_CONTROL_ERROR(3), SETTINGS_TIMEOUT(4), STREAM_CLOSED(5),
    FRAME_SIZE_ERROR(6), REFUSED_STREAM(7), CANCEL(8), COMPRESSION_ERROR(9), CONNECT_ERROR(10), ENHANCE_YOUR_CALM(11),
    INADEQUATE_SECURITY(12), HTTP_1_1_REQUIRED(13);

    private static final ErrorCode[] BY_NUMBER = values();

    private final int number;

    ErrorCode(int number) {
        this.number = number;
    }

    /** {@return the number on the wire} */
    public int number() {
        return number;
    }

    /** {@return the code with that number; INTERNAL_ERROR for an undefined number} */
    public static ErrorCode of(int number) {
        return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : INTERNAL_ERROR;
    }
}
