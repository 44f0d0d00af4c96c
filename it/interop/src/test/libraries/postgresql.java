// What it needs: org.postgresql:postgresql:42.7.11
// What it says: 08001
package org.example;

import java.sql.DriverManager;
import java.sql.SQLException;

final class Call {

    private Call() {}

    static String say() throws Exception {
        // Nothing listens there: the driver has come as far as the network.
        try {
            DriverManager.getConnection("jdbc:postgresql://127.0.0.1:1/letters", "user", "word").close();
            return "connected";
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }
}
