/**
 * What the relay records: actions on containers from the request to the end, refusals, the dismissal of a controller, sign-ins
 * and sign-outs, changes of users and rights. In: what clients ask for, what the fleet reports of it, what happens at the
 * sign-in and in the files of users and grants. Out: entries in the record, on disk before an action is asked for; a refusal of
 * the action where they cannot be.
 *
 * <p>{@code Audit} is the way into the record for every part of the relay; {@code RecordQueue} writes, on one worker;
 * {@code ControlAudit} follows actions, each in a {@code FollowedAction}; {@code RefusalAudit} merges refusals, within
 * {@code RefusalBudget}s; {@code SignInAudit} and {@code RightsAudit} take the events of those parts. {@code RelayAudit} holds
 * them together. Used by the relay's verticle and its routes.
 */
package io.dockrelay.relay.audit;
