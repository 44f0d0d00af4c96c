// What it needs: com.github.luben:zstd-jni:1.5.7-21
// What it says: Dear Sir
package org.example;

import com.github.luben.zstd.Zstd;
import java.nio.charset.StandardCharsets;

final class Call {

    private Call() {}

    static String say() throws Exception {
        byte[] compressed = Zstd.compress("Dear Sir".getBytes(StandardCharsets.UTF_8));
        return new String(Zstd.decompress(compressed, 8), StandardCharsets.UTF_8);
    }
}
