// What it needs: org.neo4j.driver:neo4j-java-driver:5.28.5
// What it says: no server
package org.example;

import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.exceptions.ServiceUnavailableException;

final class Call {

    private Call() {}

    static String say() throws Exception {
        try (Driver driver = GraphDatabase.driver("bolt://127.0.0.1:1", AuthTokens.basic("user", "word"))) {
            driver.verifyConnectivity();
            return "connected";
        } catch (ServiceUnavailableException e) {
            return "no server";
        }
    }
}
