// What it needs: org.hibernate.orm:hibernate-core:7.1.0.Final com.h2database:h2:2.4.240
// What it says: Dear Sir
package org.example;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;

final class Call {

    private Call() {}

    static String say() throws Exception {
        Configuration configuration = new Configuration().addAnnotatedClass(Letter.class)
                .setProperty("hibernate.connection.url", "jdbc:h2:mem:letters")
                .setProperty("hibernate.hbm2ddl.auto", "create");
        try (SessionFactory sessions = configuration.buildSessionFactory()) {
            sessions.inTransaction(session -> session.persist(new Letter(1, "Dear Sir")));
            return sessions.fromSession(session -> session
                    .createSelectionQuery("select content from Letter where id = 1", String.class).getSingleResult());
        }
    }

    @Entity(name = "Letter")
    static class Letter {
        @Id
        int id;
        String content;

        Letter() {}

        Letter(int id, String content) {
            this.id = id;
            this.content = content;
        }
    }
}
