// What it needs: org.apache.sshd:sshd-sftp:2.16.0 org.apache.sshd:sshd-core:2.16.0
// What it says: Dear Sir
package org.example;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

final class Call {

    private Call() {}

    static String say() throws Exception {
        Path directory = Files.createTempDirectory("sftp");
        Files.writeString(directory.resolve("letter"), "Dear Sir");
        try (SshServer server = SshServer.setUpDefaultServer(); SshClient client = SshClient.setUpDefaultClient()) {
            server.setHost("127.0.0.1");
            server.setKeyPairProvider(new SimpleGeneratorHostKeyProvider());
            server.setPasswordAuthenticator((user, word, session) -> word.equals("word"));
            server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
            server.setFileSystemFactory(new VirtualFileSystemFactory(directory));
            server.start();
            client.setServerKeyVerifier((session, address, key) -> true);
            client.start();
            try (ClientSession session = client.connect("user", "127.0.0.1", server.getPort()).verify().getSession()) {
                session.addPasswordIdentity("word");
                session.auth().verify();
                try (SftpClient sftp = SftpClientFactory.instance().createSftpClient(session);
                        var in = sftp.read("letter")) {
                    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
                }
            }
        }
    }
}
