/**
 * The users file: names, hashes of passwords, roles. In: the file, which commands and relays edit under a lock. Out: the
 * {@code Users} as they are now, and a call when they have changed.
 *
 * <p>{@code UsersFile} reads and edits, {@code UsersFormat} is its form, {@code UsersWatch} keeps a relay's copy,
 * {@code PasswordHash} is Argon2id, {@code UserRules} says what a name, a role and a password may be. {@code LockedFile} and
 * {@code FileStamp} are for any file that several relays replace. Used by {@code relay.signin}, and by the {@code user}
 * command.
 */
package io.dockrelay.relay.signin.users;
