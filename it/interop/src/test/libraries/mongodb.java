// What it needs: org.mongodb:mongodb-driver-sync:5.11.0
// What it says: no server
package org.example;

import com.mongodb.MongoTimeoutException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;

final class Call {

    private Call() {}

    static String say() throws Exception {
        try (MongoClient client = MongoClients.create("mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=500")) {
            client.listDatabaseNames().first();
            return "listed";
        } catch (MongoTimeoutException e) {
            return "no server";
        }
    }
}
