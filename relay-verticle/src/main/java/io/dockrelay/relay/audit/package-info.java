/**
 * What the relay records: actions on containers from the request to the end, refusals, the dismissal of a controller. In: what
 * clients ask for, and what the fleet reports of it. Out: entries in the record, on disk before an action is asked for; a
 * refusal of the action where they cannot be.
 *
 * <p>{@code Audit} is the way into the record for every part of the relay; {@code RecordQueue} writes, on one worker;
 * {@code ControlAudit} follows actions, each in a {@code FollowedAction}; {@code RefusalAudit} merges refusals. {@code
 * RelayAudit} holds them together. Used by the relay's verticle and its routes.
 */
package io.dockrelay.relay.audit;
