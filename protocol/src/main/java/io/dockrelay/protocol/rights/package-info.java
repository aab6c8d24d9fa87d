/**
 * Who may do what with which container. In: a {@code Principal} that sign-in has found, and the {@code Grants} of the grants
 * file. Out: one decision, {@link io.dockrelay.protocol.rights.Rights#may}, and the {@code RightsClass} that principals
 * with equal rights share. Pure.
 *
 * <p>What can be allowed: {@code Permission}, in named sets: {@code RoleDefinition}. Where: {@code Place}. The labels of a
 * container that overrule every grant: {@code LabelRules}. The file's format: {@code GrantsFormat}. What an
 * API token adds: {@code TokenScope}. Used by the relay, and by
 * the controller for its label rules.
 */
package io.dockrelay.protocol.rights;
