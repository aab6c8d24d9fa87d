package io.dockrelay.relay.http;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.dockrelay.relay.dial.EnrolmentDesk;

/** The answers about enrolments. */
sealed interface EnrolmentAnswer {

    /**
     * {@code POST /api/enrolments}.
     *
     * @param token the whole text, which is never shown again
     * @param lines what starts the controller, with the token in it
     */
    record MadeEnrolment(String id, String token, Instant expires, EnrolmentLines lines) implements EnrolmentAnswer {

        @Override
        public String toString() {
            return "MadeEnrolment[" + id + "]";
        }
    }

    /**
     * One of the list.
     *
     * @param connected whether its controller is connected now
     * @param problem why it needs the admin; null if it does not
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record One(
            String id,
            String name,
            Instant created,
            Instant expires,
            String controller,
            Instant keyCreated,
            Instant lastContact,
            Instant revoked,
            boolean connected,
            String problem)
            implements EnrolmentAnswer {

        static One of(EnrolmentDesk.Listed one, boolean connected, String problem) {
            return new One(
                    one.id(),
                    one.name(),
                    one.created(),
                    one.expires(),
                    one.controller(),
                    one.keyCreated(),
                    one.lastContact(),
                    one.revoked(),
                    connected,
                    problem);
        }
    }

    /** {@code GET /api/enrolments}. */
    record AllEnrolments(List<One> enrolments) implements EnrolmentAnswer {}

    /** {@code DELETE /api/enrolments/ID}. */
    record RevokedEnrolment(String id, String status) implements EnrolmentAnswer {}
}
