// What it needs: 
// What it says: Dear Sir
package org.example;

import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Map;

final class Call {

    private Call() {}

    static String say() throws Exception {
        // Java needs these, but no class file names them.
        KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
        keys.initialize(new ECGenParameterSpec("secp384r1"));
        keys.generateKeyPair();
        Charset japanese = Charset.forName("x-eucJP-Open");
        Path zip = Files.createTempDirectory("zip").resolve("letters.zip");
        try (FileSystem files = FileSystems.newFileSystem(URI.create("jar:" + zip.toUri()), Map.of("create", "true"))) {
            Files.write(files.getPath("letter"), "Dear Sir".getBytes(japanese));
        }
        try (FileSystem files = FileSystems.newFileSystem(zip)) {
            return new String(Files.readAllBytes(files.getPath("letter")), japanese);
        }
    }
}
