// What it needs: com.azure:azure-storage-blob:12.32.0
// What it says: signed for a day in the account letters
package org.example;

import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.sas.BlobSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import java.time.OffsetDateTime;
import java.util.Base64;

final class Call {

    private Call() {}

    static String say() throws Exception {
        String key = Base64.getEncoder().encodeToString(new byte[32]);
        BlobClient client = new BlobServiceClientBuilder()
                .connectionString("DefaultEndpointsProtocol=https;AccountName=letters;AccountKey=" + key)
                .buildClient()
                .getBlobContainerClient("letters")
                .getBlobClient("a");
        String signature = client.generateSas(new BlobServiceSasSignatureValues(OffsetDateTime.now().plusDays(1),
                new BlobSasPermission().setReadPermission(true)));
        return signature.contains("sig=") ? "signed for a day in the account " + client.getAccountName() : signature;
    }
}
