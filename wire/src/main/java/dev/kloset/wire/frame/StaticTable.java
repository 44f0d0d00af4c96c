package dev.kloset.wire.frame;

/** The fields of RFC 7541, appendix A, which an index can stand for. */
final class StaticTable {

    // @formatter:off
    private static final String[] FIELDS = {
        ":authority", "", ":method", "GET", ":method", "POST", ":path", "/", ":path", "/index.html",
        ":scheme", "http", ":scheme", "https", ":status", "200", ":status", "204", ":status", "206",
        ":status", "304", ":status", "400", ":status", "404", ":status", "500", "accept-charset", "",
        "accept-encoding", "gzip, deflate", "accept-language", "", "accept-ranges", "", "accept", "",
        "access-control-allow-origin", "", "age", "", "allow", "", "authorization", "", "cache-control", "",
        "content-disposition", "", "content-encoding", "", "content-language", "", "content-length", "",
        "content-location", "", "content-range", "", "content-type", "", "cookie", "", "date", "", "etag", "",
        "expect", "", "expires", "", "from", "", "host", "", "if-match", "", "if-modified-since", "",
        "if-none-match", "", "if-range", "", "if-unmodified-since", "", "last-modified", "", "link", "",
        "location", "", "max-forwards", "", "proxy-authenticate", "", "proxy-authorization", "", "range", "",
        "referer", "", "refresh", "", "retry-after", "", "server", "", "set-cookie", "",
        "strict-transport-security", "", "transfer-encoding", "", "user-agent", "", "vary", "", "via", "",
        "www-authenticate", "",
    };
    // @formatter:on

    static final int SIZE = FIELDS.length / 2;

    private StaticTable() {}

    /** {@return the name of field {@code index}, counted from 1} */
    static String name(int index) {
        return FIELDS[2 * (index - 1)];
    }

    static String value(int index) {
        return FIELDS[2 * (index - 1) + 1];
    }

    /** {@return the index of exactly that field, or 0} */
    static int find(String name, String value) {
        for (int index = 1; index <= SIZE; index++) {
            if (name(index).equals(name) && value(index).equals(value)) {
                return index;
            }
        }
        return 0;
    }

    /** {@return the index of the first field of that name, or 0} */
    static int find(String name) {
        for (int index = 1; index <= SIZE; index++) {
            if (name(index).equals(name)) {
                return index;
            }
        }
        return 0;
    }
}
