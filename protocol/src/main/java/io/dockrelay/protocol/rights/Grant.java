package io.dockrelay.protocol.rights;

/** One line of the grants file: a grantee has a role somewhere. A grant only adds; none takes away. */
public record Grant(Grantee to, RoleDefinition role, Place where) {}
