// What it needs: software.amazon.awssdk:s3:2.57.2
// What it says: https://letters.s3.eu-central-1.amazonaws.com/a
package org.example;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

final class Call {

    private Call() {}

    static String say() throws Exception {
        StaticCredentialsProvider user = StaticCredentialsProvider.create(AwsBasicCredentials.create("user", "word"));
        try (S3Client client = S3Client.builder()
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(user)
                .endpointOverride(URI.create("http://127.0.0.1:1"))
                .build()) {
            client.listBuckets();
            return "listed";
        } catch (SdkClientException e) {
            // Nothing listens there: the client has come as far as the network.
        }
        try (S3Presigner signer = S3Presigner.builder().region(Region.EU_CENTRAL_1).credentialsProvider(user).build()) {
            String signed = signer.presignGetObject(request -> request.signatureDuration(Duration.ofMinutes(1))
                    .getObjectRequest(object -> object.bucket("letters").key("a"))).url().toString();
            return signed.substring(0, signed.indexOf('?'));
        }
    }
}
