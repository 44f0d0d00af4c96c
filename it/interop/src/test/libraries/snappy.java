// What it needs: org.xerial.snappy:snappy-java:1.1.10.8
// What it says: Dear Sir
package org.example;

import org.xerial.snappy.Snappy;

final class Call {

    private Call() {}

    static String say() throws Exception {
        return Snappy.uncompressString(Snappy.compress("Dear Sir"));
    }
}
